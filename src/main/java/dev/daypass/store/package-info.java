/**
 * SQLite, where the ledger and what belongs to it are kept on one machine.
 *
 * <p>Governed by DESIGN, section 6 ("Failure") and section 11. The only package that may use {@code
 * java.sql}. It implements the ports of {@code ledger} and {@code identity} and decides nothing.
 *
 * <p>One connection writes entries, used by the sequencer's thread alone; a few read-only
 * connections serve everybody else, and in WAL mode never wait for it. A commit whose outcome is in
 * doubt is reported, never tried again.
 */
@NullMarked
package dev.daypass.store;

import org.jspecify.annotations.NullMarked;
