package dev.daypass.cert.lint;

/**
 * A rule that a certificate breaks.
 *
 * @param rule the rule's stable name, such as {@code principals_empty}
 * @param detail for people; holds nothing that could forge a line of a log
 */
public record LintFinding(String rule, String detail) {}
