package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;

/** A private key that can sign, wherever it lives. Safe for many threads at once. */
public interface SshSigner {
  SshPublicKey publicKey();

  /**
   * Signs the message as RFC 4253 section 6.6 writes signatures. RSA keys sign by SHA-2 (RFC 8332
   * section 3), never by SHA-1.
   */
  SshSignature sign(Bytes message) throws SigningException;
}
