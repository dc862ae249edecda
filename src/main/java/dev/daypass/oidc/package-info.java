/**
 * Bearer tokens of any number of OpenID Connect identity providers: their keys, the checks of a
 * token, and the {@link dev.daypass.identity.Identity} that its claims make.
 *
 * <p>Governed by DESIGN section 4 ("Who?") and CASES 45 to 54; the rules come from RFC 7519 (JWT),
 * RFC 8725 (JWT best practice), RFC 9068 (access tokens), OpenID Connect Core and Discovery. Every
 * failure is a value: a refusal with a stable code, or {@code Unavailable} while an identity
 * provider cannot be reached. Codes that begin with {@code token_} say that nobody is authenticated
 * (401); all others say that the token is good and the identity is not admitted (403). No message
 * holds any part of a token.
 *
 * <p>Nothing behind this package sees a token. It knows nothing of configuration files, roles, HTTP
 * routes or the ledger; the root fills {@link dev.daypass.oidc.rules.OidcProvider}. Every public
 * type may be used by any thread.
 */
@NullMarked
package dev.daypass.oidc;

import org.jspecify.annotations.NullMarked;
