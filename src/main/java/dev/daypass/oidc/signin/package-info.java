/**
 * Persons sign in at an identity provider: the authorization code flow with PKCE, and the refresh
 * tokens that keep asking whether the provider still stands by them.
 *
 * <p>Governed by DESIGN section 4 (Login, Re-check), OpenID Connect Core sections 3.1 and 12, RFC
 * 6749, RFC 7636, RFC 9207 and RFC 9700 (best current practice). The SDK writes the requests; what
 * a provider answers is read by {@link dev.daypass.oidc.jose.StrictJson} alone, and no redirect is
 * followed. Whatever a provider or a browser sends, the outcome is a value.
 *
 * <p>No message holds a code, a token, a secret or a text that came from a browser. It remembers
 * nothing of a login: state, OIDC nonce and code verifier are the caller's, who lets each be used
 * once. Every public type may be used by any thread; no lock is held while fetching.
 */
@NullMarked
package dev.daypass.oidc.signin;

import org.jspecify.annotations.NullMarked;
