package dev.daypass.web.page.view;

/**
 * A point in time as people read it, with the exact one beside.
 *
 * @param words as {@code 3 hours ago}
 * @param shown the exact time, short
 * @param exact RFC 3339
 */
public record Moment(String words, String shown, String exact) {}
