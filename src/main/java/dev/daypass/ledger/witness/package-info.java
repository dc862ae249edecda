/**
 * Witnesses: being one for other ledgers, and having this one witnessed.
 *
 * <p>Governed by DESIGN, section 6, and C2SP tlog-witness. A witness remembers before it answers,
 * and compares with what it remembers in the same step, so that it never cosigns two histories.
 *
 * <p>Knows neither HTTP nor files: those are ports here. A witness is for any number of threads;
 * the rounds that ask others are driven by one.
 */
@NullMarked
package dev.daypass.ledger.witness;

import org.jspecify.annotations.NullMarked;
