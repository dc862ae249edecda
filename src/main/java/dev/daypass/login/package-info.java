/**
 * Binding a key to an identity, and the signature on each request that proves possession of a key.
 * DESIGN section 4 (Login, Requests) governs it; CASES 41 and 71 to 77 are its tests.
 *
 * <p>It must not know HTTP: requests come as {@link dev.daypass.login.SignedRequest}, refusals go
 * as values with a code. Signatures are checked on request threads at once; only the replay memory
 * is shared, under short locks of its own.
 */
@NullMarked
package dev.daypass.login;

import org.jspecify.annotations.NullMarked;
