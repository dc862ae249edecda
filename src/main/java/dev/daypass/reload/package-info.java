/**
 * What is read again while the daemon runs: on SIGHUP, by {@code daypassd reload}, and when a file
 * changes. DESIGN section 5 governs it: a file that does not load leaves the old one in force.
 *
 * <p>All or nothing: every part is read and checked before the first is put in force, and each is
 * written into the ledger before it is. It knows no cause but the word of who asked.
 *
 * <p>One reload at a time; what is in force is read by any thread.
 */
@NullMarked
package dev.daypass.reload;

import org.jspecify.annotations.NullMarked;
