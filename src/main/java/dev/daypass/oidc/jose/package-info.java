/**
 * The compact JSON Web Signature as strictly as it can be read: exactly three parts, canonical
 * base64url, strict UTF-8, JSON without duplicate names, bounded in size, depth and count; and the
 * public keys that verify it.
 *
 * <p>Governed by RFC 7515 (JWS), RFC 7517 (JWK), RFC 7518 and RFC 8037 (algorithms), RFC 8725 (best
 * practice) and CASES 45, 50 and 51. What is read here is checked by hand before Nimbus sees it, so
 * that no two parsers can understand one token differently.
 *
 * <p>It knows no issuer, no claim's meaning and no network. Everything is immutable and safe for
 * any thread.
 */
@NullMarked
package dev.daypass.oidc.jose;

import org.jspecify.annotations.NullMarked;
