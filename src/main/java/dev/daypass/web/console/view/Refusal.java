package dev.daypass.web.console.view;

import org.jspecify.annotations.Nullable;

/**
 * The page for somebody without the duty that a page demands.
 *
 * @param provider the configured name of the identity provider
 * @param entry that says so in the ledger
 */
public record Refusal(Desk desk, String provider, String groups, @Nullable String entry) {}
