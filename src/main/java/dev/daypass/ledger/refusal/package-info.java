/**
 * Refusals of known identities as entries, within a budget that all use cases share.
 *
 * <p>DESIGN section 6 (Refusals, Details) governs it. It knows identities and the ledger, and
 * neither what was asked nor of whom. One log is made by the root and used by any thread; its lock
 * is never held while the ledger is asked.
 */
@NullMarked
package dev.daypass.ledger.refusal;

import org.jspecify.annotations.NullMarked;
