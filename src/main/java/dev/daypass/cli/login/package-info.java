/**
 * {@code daypassd logins}: who is logged in, and the end of that.
 *
 * <p>DESIGN section 8 governs it; the running daemon is asked.
 */
@NullMarked
package dev.daypass.cli.login;

import org.jspecify.annotations.NullMarked;
