/**
 * Witnessing in the wire's words: what a ledger sends to a witness, and which cosignatures are
 * enough.
 *
 * <p>Governed by C2SP tlog-witness, tlog-cosignature and tlog-policy. Knows neither who sends nor
 * how; the signature itself is made by whoever holds the key.
 *
 * <p>Every type is an immutable value and safe for use by any thread.
 */
@NullMarked
package dev.daypass.tlog.witness;

import org.jspecify.annotations.NullMarked;
