package dev.daypass.ledger;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.ssh.signature.SshSigner;

/** A key in a token that can be pulled out and put back. */
public final class PullableKey implements SshSigner {
  private final SshSigner key;
  private volatile boolean pulled;

  PullableKey(SshSigner key) {
    this.key = key;
  }

  void pull() {
    pulled = true;
  }

  void putBack() {
    pulled = false;
  }

  @Override
  public SshPublicKey publicKey() {
    return key.publicKey();
  }

  @Override
  public SshSignature sign(Bytes message) throws SigningException {
    if (pulled) {
      throw new SigningException("the token was pulled out");
    }
    return key.sign(message);
  }
}
