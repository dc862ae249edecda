/**
 * The JSON of entries and details: a small immutable model and its one canonical encoding.
 *
 * <p>Governed by RFC 8785 (JSON Canonicalization Scheme), of which a subset is used: objects,
 * arrays, strings, integers and booleans. Fractions, exponents and {@code null} do not exist here,
 * so that two encoders can never disagree about a byte that a hash commits to.
 *
 * <p>It knows nothing of entries, and nothing of the JSON that comes over HTTP. All types are
 * immutable and may be shared between threads.
 */
@NullMarked
package dev.daypass.ledger.json;

import org.jspecify.annotations.NullMarked;
