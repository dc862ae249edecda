/**
 * Verification: of a whole ledger from its store, and of one certificate by the proof inside it.
 *
 * <p>Governed by DESIGN, section 6, "A verifier is exact". It computes everything again from the
 * bytes and shares no code with the sequencer that could be wrong in both: tiles, frontier and
 * times are rebuilt here. What it cannot explain is a fault; no failure means "good".
 *
 * <p>It knows nothing of HTTP or terminals. Its verdicts are values, in words for people.
 */
@NullMarked
package dev.daypass.ledger.verify;

import org.jspecify.annotations.NullMarked;
