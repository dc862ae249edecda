/**
 * The identity providers as a login needs them: a browser is sent there, comes back with a code,
 * and a refresh token is asked about again later.
 *
 * <p>DESIGN section 4 (Login, Re-check) governs it. This is the port that the adapter {@code oidc}
 * implements; nothing here knows OpenID Connect's wire, and of its tokens only the refresh token
 * passes through, sealed in a type that prints nothing. Values are immutable.
 */
@NullMarked
package dev.daypass.login.provider;

import org.jspecify.annotations.NullMarked;
