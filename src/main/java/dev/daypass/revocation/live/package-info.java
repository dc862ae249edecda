/**
 * What was granted and is still alive, and what of it is revoked: rebuilt from the ledger at start,
 * then kept up with each entry.
 *
 * <p>Governed by DESIGN section 6 (details) and FORMATS, "KRL" (drop what has expired). It writes
 * nothing and publishes nothing.
 *
 * <p>The sequencer's thread adds, any thread asks; each type says what guards it.
 */
@NullMarked
package dev.daypass.revocation.live;

import org.jspecify.annotations.NullMarked;
