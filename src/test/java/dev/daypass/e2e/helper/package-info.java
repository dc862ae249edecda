/**
 * The user's helper, {@code src/main/sh/daypass}, in the shells that people have: against the real
 * daemon, against servers that answer what no daypass would, and under plain {@code ssh}.
 *
 * <p>DESIGN sections 4 and 8 say what it does. {@link dev.daypass.e2e.helper.LoginCa} stands for a
 * certificate authority and a browser; {@code ssh-keygen} judges what it is sent.
 */
@NullMarked
package dev.daypass.e2e.helper;

import org.jspecify.annotations.NullMarked;
