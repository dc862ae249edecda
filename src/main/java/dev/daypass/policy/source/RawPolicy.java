package dev.daypass.policy.source;

import java.util.List;
import java.util.Map;

/** A policy file's values, unchecked, by the names that the file gives them. */
public record RawPolicy(
    Map<String, List<String>> groups, Map<String, RawRules> duties, Map<String, RawRole> roles) {}
