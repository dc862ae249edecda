/**
 * Reads the key {@code identity}: which identity providers are trusted, and for what.
 *
 * <p>Governed by DESIGN sections 4 and 5. Each provider becomes one {@link
 * dev.daypass.config.identity.ProviderConfig} with its preset applied. It does not know how tokens
 * are checked ({@code oidc}) and asks no provider anything.
 *
 * <p>A reader is confined to one thread; the records are immutable.
 */
@NullMarked
package dev.daypass.config.identity;

import org.jspecify.annotations.NullMarked;
