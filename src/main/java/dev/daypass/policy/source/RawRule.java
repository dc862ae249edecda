package dev.daypass.policy.source;

import java.util.Optional;

/** One condition and what a refusal by it says. */
public record RawRule(String when, Optional<String> because) {}
