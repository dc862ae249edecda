/**
 * Who is asking: an identity as a configured identity provider vouches for it.
 *
 * <p>Governed by DESIGN section 4 ("Who?") and section 5 (accounts). An {@link
 * dev.daypass.identity.Identity} is what is left of a token once it has been verified; nothing
 * behind this package sees a token. It knows neither how tokens are checked (adapter {@code oidc})
 * nor where identities are remembered (adapter {@code store}): both stand behind the ports {@link
 * dev.daypass.identity.TokenAuthenticator} and {@link dev.daypass.identity.IdentityRegistry}.
 *
 * <p>Every type here is an immutable value and safe to share between threads.
 */
@NullMarked
package dev.daypass.identity;

import org.jspecify.annotations.NullMarked;
