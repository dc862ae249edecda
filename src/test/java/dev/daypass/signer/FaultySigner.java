package dev.daypass.signer;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.ssh.signature.SshSigner;

/** A key that does as it is told: sign, fail, or sign something else. */
final class FaultySigner implements SshSigner {
  enum Fault {
    NONE,
    FAILS,
    SIGNS_SOMETHING_ELSE
  }

  private final SshSigner key;
  private volatile Fault fault = Fault.NONE;

  FaultySigner(SshSigner key) {
    this.key = key;
  }

  void become(Fault next) {
    fault = next;
  }

  @Override
  public SshPublicKey publicKey() {
    return key.publicKey();
  }

  @Override
  public SshSignature sign(Bytes message) throws SigningException {
    return switch (fault) {
      case NONE -> key.sign(message);
      case FAILS -> throw new SigningException("the token was pulled out");
      case SIGNS_SOMETHING_ELSE -> key.sign(message.concat(Bytes.ofUtf8("!")));
    };
  }
}
