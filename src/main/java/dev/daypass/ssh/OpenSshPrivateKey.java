package dev.daypass.ssh;

import java.util.Optional;

/**
 * A private key held in memory, read from or written to OpenSSH's key file format (PROTOCOL.key).
 */
@SuppressWarnings("DoNotCallSuggester")
public final class OpenSshPrivateKey implements SshSigner {
  private OpenSshPrivateKey() {}

  public static OpenSshPrivateKey generate(SshKeyType type) {
    throw new UnsupportedOperationException();
  }

  /** Reads a key file; the passphrase is needed exactly if the file is encrypted. */
  public static OpenSshPrivateKey parse(String pem, Optional<char[]> passphrase)
      throws SshFormatException {
    throw new UnsupportedOperationException();
  }

  @Override
  public SshPublicKey publicKey() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SshSignature sign(Bytes message) throws SigningException {
    throw new UnsupportedOperationException();
  }

  /** The key file without a passphrase. */
  public String encode(String comment) {
    throw new UnsupportedOperationException();
  }
}
