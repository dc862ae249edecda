/**
 * The commands of {@code daypassd}, one class each (DESIGN section 8).
 *
 * <p>A command reads the configuration, asks one use case, and prints what happened, why, and what
 * to do next (STYLE, "How it looks"). Facts are aligned, colour is never the only sign, and text
 * from outside is escaped before it reaches a terminal. It decides nothing itself. Exit codes: 0
 * done, 1 usage, 2 refused, 3 login needed, 4 unreachable.
 */
@NullMarked
package dev.daypass.cli;

import org.jspecify.annotations.NullMarked;
