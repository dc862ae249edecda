package dev.daypass.policy.source;

import java.util.Optional;

/** {@code ttl: { default: 30m, max: 1h }}; without a default, the default is the maximum. */
public record RawTtl(Optional<String> standard, Optional<String> max) {}
