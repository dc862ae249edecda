/**
 * {@code daypassd revoke, freeze, thaw, reload}: what an operator does to a running daemon.
 *
 * <p>DESIGN section 8 governs it. They decide nothing: the daemon does, and says what it did.
 */
@NullMarked
package dev.daypass.cli.operate;

import org.jspecify.annotations.NullMarked;
