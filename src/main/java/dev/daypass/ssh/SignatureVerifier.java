package dev.daypass.ssh;

/** Verifies signatures as RFC 4253 section 6.6 and PROTOCOL.u2f write them. Never throws. */
@SuppressWarnings("DoNotCallSuggester")
public final class SignatureVerifier {
  private SignatureVerifier() {}

  /** Whether the signature is this key's over the message; RSA with SHA-2 only. */
  public static boolean verify(SshPublicKey key, Bytes message, SshSignature signature) {
    throw new UnsupportedOperationException();
  }

  /**
   * As {@link #verify}; a security key's signature must also say that somebody touched it, and its
   * application must be {@code ssh:}.
   */
  public static boolean verifyPresent(SshPublicKey key, Bytes message, SshSignature signature) {
    throw new UnsupportedOperationException();
  }
}
