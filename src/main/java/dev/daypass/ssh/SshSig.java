package dev.daypass.ssh;

/** A signature over a message in a namespace (PROTOCOL.sshsig section 2). */
@SuppressWarnings("DoNotCallSuggester")
public record SshSig(
    SshPublicKey publicKey, String namespace, SshSigHash hash, SshSignature signature) {

  public static SshSig sign(SshSigner signer, String namespace, Bytes message)
      throws SigningException {
    throw new UnsupportedOperationException();
  }

  public static SshSig decode(Bytes blob) throws SshFormatException {
    throw new UnsupportedOperationException();
  }

  public static SshSig parseArmored(String text) throws SshFormatException {
    throw new UnsupportedOperationException();
  }

  public Bytes encode() {
    throw new UnsupportedOperationException();
  }

  public String armored() {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether this is the key's signature over the message in exactly this namespace. A security key
   * must have been touched and made for {@code ssh:}.
   */
  public boolean verifies(String expectedNamespace, Bytes message) {
    throw new UnsupportedOperationException();
  }
}
