/**
 * The ledger as the public sees it: the files of a C2SP tiled log, and their copies elsewhere.
 *
 * <p>Governed by DESIGN, section 6 ("Served", "Lost entries"), and C2SP tlog-tiles. Copies are what
 * lost entries are re-read from, so a copy is never overwritten by a ledger that lost some.
 *
 * <p>Knows neither HTTP nor folders: those are ports here. A copy is moved on by one thread of its
 * own and never keeps an append waiting; the rest is for any thread.
 */
@NullMarked
package dev.daypass.ledger.publish;

import org.jspecify.annotations.NullMarked;
