/**
 * Where keys and the signer's head lie: OpenSSH key files, the two-slot head file, and the ceremony
 * that makes them. DESIGN sections 3 and 6 (Order) govern it.
 *
 * <p>It hands out {@link dev.daypass.ssh.signature.SshSigner}s and {@link
 * dev.daypass.signer.HeadFile}s; what may be signed with them is for {@link dev.daypass.signer} to
 * say. It must not know configuration, HTTP or the store. No key or passphrase is in any message.
 *
 * <p>Keys are immutable and shared by threads; a head file is written by one thread at a time.
 */
@NullMarked
package dev.daypass.custody;

import org.jspecify.annotations.NullMarked;
