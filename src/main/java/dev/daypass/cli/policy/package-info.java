/**
 * {@code daypassd policy}: what a proposed policy would change, before it is in force.
 *
 * <p>DESIGN section 8 governs it. It reads the store and two files, on the thread that calls it,
 * and changes nothing.
 */
@NullMarked
package dev.daypass.cli.policy;

import org.jspecify.annotations.NullMarked;
