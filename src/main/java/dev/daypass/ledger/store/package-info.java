/**
 * The store port: what the ledger asks of the place where entries and tiles are kept.
 *
 * <p>Governed by DESIGN, section 6 ("Order", "Failure") and section 11: one commit writes a batch
 * or nothing, and a full store differs from one whose state is in doubt. It stays small enough for
 * a store that many daemons share.
 *
 * <p>Knows no SQL, no signer and no sequencer. One thread writes; any number read, each with a
 * {@link dev.daypass.ledger.store.StoredHashes} of its own.
 */
@NullMarked
package dev.daypass.ledger.store;

import org.jspecify.annotations.NullMarked;
