/**
 * How a command ends when it does not do what it was asked: words and an exit code.
 *
 * <p>Governed by DESIGN section 8 (exit codes) and STYLE: errors as what, why, what to do. It knows
 * no command. Confined to the command's thread.
 */
@NullMarked
package dev.daypass.cli.outcome;

import org.jspecify.annotations.NullMarked;
