package dev.daypass.outward.ocsf;

import dev.daypass.outward.Severity;

/**
 * What was found in an entry.
 *
 * @param title a few words
 * @param description what speaks for it, in a sentence
 */
public record Finding(Severity severity, String title, String description) {}
