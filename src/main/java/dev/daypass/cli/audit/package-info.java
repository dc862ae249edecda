/**
 * The ledger in the auditor's hands: {@code daypassd ledger search}, {@code export} and {@code
 * report}, over the database of this machine, also while the daemon writes it.
 *
 * <p>DESIGN sections 6 and 8 govern it. Nothing here writes to the ledger; that something was taken
 * away is written down by the daemon, through the operator's socket.
 */
@NullMarked
package dev.daypass.cli.audit;

import org.jspecify.annotations.NullMarked;
