/**
 * {@code daypassd ledger}: the ledger in the state folder, read and verified.
 *
 * <p>DESIGN sections 6 and 8 govern it. Nothing here writes, and a daemon may run meanwhile.
 */
@NullMarked
package dev.daypass.cli.ledger;

import org.jspecify.annotations.NullMarked;
