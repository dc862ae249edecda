/**
 * The OpenSSH certificate: encode, decode, and compare with a second parser.
 *
 * <p>Governed by draft-ietf-sshm-cert, and PROTOCOL.certkeys before it. The decoder is stricter
 * than OpenSSH: it takes only what has one reading, because {@code ssh-keygen -L} and sshd accept
 * certificates that mean something else than they show.
 *
 * <p>Knows the wire format and nothing of identities, policy, ledger or keys' whereabouts; which
 * readable certificates are sound, {@code cert.lint} says. Every type is immutable and safe for any
 * thread.
 */
@NullMarked
package dev.daypass.cert;

import org.jspecify.annotations.NullMarked;
