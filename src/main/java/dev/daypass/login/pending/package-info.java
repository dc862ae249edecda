/**
 * A login from its start to its bind: at most five minutes, in memory alone, so that a restart
 * loses it and the helper begins again.
 *
 * <p>DESIGN section 4 (Login) governs it; CASES 67 to 70 are its tests. {@link
 * dev.daypass.login.pending.Stage} is the state machine; each step reads a stage, does its work
 * without a lock, and moves on only if the stage is still the one that it read.
 */
@NullMarked
package dev.daypass.login.pending;

import org.jspecify.annotations.NullMarked;
