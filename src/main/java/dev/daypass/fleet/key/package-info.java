/**
 * The life of CA keys and ledger keys: which are next, active, retiring or retired, what must be
 * true before one becomes the other, and which servers have a trust bundle that names them.
 *
 * <p>DESIGN section 3 governs it. The truth is the ledger's {@code ca.key.*} entries; configuration
 * only says where the bytes of a key are. It signs nothing and knows neither files nor commands.
 *
 * <p>The book is read by any number of threads and written by the sequencer's; changes are asked
 * for by one caller at a time.
 */
@NullMarked
package dev.daypass.fleet.key;

import org.jspecify.annotations.NullMarked;
