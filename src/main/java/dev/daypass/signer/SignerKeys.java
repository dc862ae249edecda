package dev.daypass.signer;

import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.signature.SshSigner;

/** The three keys that a signer holds; all different, the ledger key Ed25519. */
public record SignerKeys(SshSigner userCa, SshSigner hostCa, SshSigner ledger) {
  public SignerKeys {
    if (!(ledger.publicKey() instanceof Ed25519PublicKey)) {
      throw new IllegalArgumentException("the ledger key must be Ed25519 (C2SP signed-note)");
    }
    if (userCa.publicKey().equals(hostCa.publicKey())
        || userCa.publicKey().equals(ledger.publicKey())
        || hostCa.publicKey().equals(ledger.publicKey())) {
      throw new IllegalArgumentException("user CA, host CA and ledger must be different keys");
    }
  }

  PublicKeys publicKeys() {
    return new PublicKeys(userCa.publicKey(), hostCa.publicKey(), ledger.publicKey());
  }
}
