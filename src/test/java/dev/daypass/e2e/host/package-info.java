/**
 * The server's side, {@code daypass-host}: its programs run as the build joins them, against real
 * {@code sshd}s, {@code ssh-keygen} and {@code openssl}. DESIGN sections 6 and 9 and CASES 78 to 82
 * say what must hold.
 *
 * <p>What these tests change lies in folders and ports of their own. The programs believe files of
 * root alone, so the tests run as root, in a container.
 */
@NullMarked
package dev.daypass.e2e.host;

import org.jspecify.annotations.NullMarked;
