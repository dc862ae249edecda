/**
 * How a command speaks: to people at a terminal, to scripts, to the journal.
 *
 * <p>Governed by STYLE ("How it looks"): facts aligned, times as a person says them, colour never
 * the only sign, text from outside escaped before it reaches a terminal. It knows no command and
 * nothing of what daypass does.
 *
 * <p>A {@link dev.daypass.cli.terminal.Terminal} belongs to the command's thread; the rest is
 * immutable, or confined to it.
 */
@NullMarked
package dev.daypass.cli.terminal;

import org.jspecify.annotations.NullMarked;
