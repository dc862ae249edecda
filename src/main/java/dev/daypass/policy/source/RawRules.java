package dev.daypass.policy.source;

import java.util.List;

/** The {@code allow} and {@code deny} of a role or duty; empty where the file has none. */
public record RawRules(List<RawRule> allow, List<RawRule> deny) {}
