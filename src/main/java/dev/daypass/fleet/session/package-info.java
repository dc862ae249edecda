/**
 * Sessions as servers report them, held against what the ledger granted. DESIGN sections 6 and 7
 * (who reports) and CASES 81 govern it.
 *
 * <p>A report is its server's word and says so. It comes at least once and is counted once. It
 * knows neither HTTP nor how a server learns of sessions.
 *
 * <p>Values are immutable; the rest is safe for any number of threads.
 */
@NullMarked
package dev.daypass.fleet.session;

import org.jspecify.annotations.NullMarked;
