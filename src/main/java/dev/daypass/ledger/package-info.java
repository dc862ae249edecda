/**
 * The ledger: appending drafts, the sequencer that numbers them, and receipts.
 *
 * <p>Governed by DESIGN, section 6. An append returns only after the batch is durable in the store
 * and the signer has made its own head durable and signed the checkpoint, in this order.
 *
 * <p>It knows neither SQL (that is {@code store}, behind the port {@code ledger.store}), nor HTTP,
 * nor why an entry is written. What an entry is stands in {@code ledger.entry}, canonical JSON in
 * {@code ledger.json}, the clock rule in {@code ledger.clock}, verification in {@code
 * ledger.verify}.
 *
 * <p>Callers may be any number of virtual threads; one platform thread, the sequencer, owns the
 * tree and the writing side of the store. Readers never wait for it.
 */
@NullMarked
package dev.daypass.ledger;

import org.jspecify.annotations.NullMarked;
