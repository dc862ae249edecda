package dev.daypass.web.page.view;

import org.jspecify.annotations.Nullable;

/**
 * The terminal that asks.
 *
 * @param hostname what it calls itself, made harmless
 * @param fingerprint of the key that would be bound
 * @param address where its request came from
 * @param addressNote how that compares with the browser's
 */
public record Terminal(
    String hostname, String fingerprint, String address, @Nullable String addressNote) {}
