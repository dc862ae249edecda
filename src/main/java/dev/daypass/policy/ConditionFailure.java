package dev.daypass.policy;

/**
 * A condition that could not be evaluated, to be reported to whoever wrote it. In {@code allow} it
 * counts as no match, in {@code deny} it refuses (DESIGN section 5).
 *
 * @param rule the rule's place in the policy file
 */
public record ConditionFailure(String rule, String message) {}
