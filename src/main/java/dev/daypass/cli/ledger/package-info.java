/**
 * {@code daypassd ledger}: ledgers read, verified wherever they are, recovered, and witnessed.
 *
 * <p>DESIGN sections 6 and 8 govern it. Only recovering writes to a ledger, and then no daemon
 * runs.
 */
@NullMarked
package dev.daypass.cli.ledger;

import org.jspecify.annotations.NullMarked;
