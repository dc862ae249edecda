/**
 * The SSH wire format: byte strings, public keys and fingerprints.
 *
 * <p>Governed by RFC 4251 section 5 (data types), RFC 4253 section 6.6, RFC 5656 section 3.1, RFC
 * 8709 section 4 and OpenSSH's PROTOCOL.u2f (keys). Decoders are strict: what has two encodings has
 * one here, and nothing may be left over.
 *
 * <p>Knows nothing of certificates, of daypass, or of how a key signs: that is {@code
 * ssh.signature}. Every type is immutable and safe for any thread, except the readers and writers,
 * which belong to one method call.
 */
@NullMarked
package dev.daypass.ssh;

import org.jspecify.annotations.NullMarked;
