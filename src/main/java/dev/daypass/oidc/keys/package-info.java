/**
 * Where the verification keys of an identity provider come from, and how long they are believed.
 *
 * <p>Governed by CASES 52 and 53, OpenID Connect Discovery sections 3 and 4, and RFC 7517. Whatever
 * a provider answers (nothing, errors, HTML, megabytes, drips, redirects), known keys go on working
 * up to their greatest age, nothing is fetched from elsewhere, and nobody can make the daemon fetch
 * more often than its pause allows.
 *
 * <p>It knows no tokens, claims or identities. {@link dev.daypass.oidc.keys.ProviderKeys} and
 * {@link dev.daypass.oidc.keys.JsonFetch} may be used by any thread; no lock is held while
 * fetching.
 */
@NullMarked
package dev.daypass.oidc.keys;

import org.jspecify.annotations.NullMarked;
