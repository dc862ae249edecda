/**
 * Signing and verifying: signatures, SSHSIG, and private keys in OpenSSH's files.
 *
 * <p>Governed by RFC 4253 section 6.6, RFC 5656 section 3.1.2, RFC 8332 section 3, RFC 8709 section
 * 6, and OpenSSH's PROTOCOL.u2f, PROTOCOL.sshsig and PROTOCOL.key. The only package that calls a
 * cryptographic provider for keys.
 *
 * <p>Knows nothing of certificates, of daypass, or of where a key lives: custody implements {@link
 * dev.daypass.ssh.signature.SshSigner}. A verifier's failure is "no", never an exception. Every
 * type is immutable and safe for any thread.
 */
@NullMarked
package dev.daypass.ssh.signature;

import org.jspecify.annotations.NullMarked;
