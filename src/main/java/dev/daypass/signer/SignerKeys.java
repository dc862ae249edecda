package dev.daypass.signer;

import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SshSigner;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys that a signer holds, one or more for each use; all different, those of the ledger
 * Ed25519.
 */
public record SignerKeys(
    List<SshSigner> userCas, List<SshSigner> hostCas, List<SshSigner> ledgers) {
  public SignerKeys {
    userCas = List.copyOf(userCas);
    hostCas = List.copyOf(hostCas);
    ledgers = List.copyOf(ledgers);
    if (!ledgers.stream().allMatch(key -> key.publicKey() instanceof Ed25519PublicKey)) {
      throw new IllegalArgumentException("the ledger key must be Ed25519 (C2SP signed-note)");
    }
    Set<SshPublicKey> all = new HashSet<>();
    if (!Stream.of(userCas, hostCas, ledgers)
        .flatMap(List::stream)
        .allMatch(key -> all.add(key.publicKey()))) {
      throw new IllegalArgumentException("user CA, host CA and ledger must be different keys");
    }
  }

  /** One of each. */
  public SignerKeys(SshSigner userCa, SshSigner hostCa, SshSigner ledger) {
    this(List.of(userCa), List.of(hostCa), List.of(ledger));
  }

  /** Their public halves, in the same order. */
  public PublicKeys publicKeys() {
    return new PublicKeys(halves(userCas), halves(hostCas), halves(ledgers));
  }

  /** Among keys of one use the one with that public half. */
  static Optional<SshSigner> find(List<SshSigner> keys, SshPublicKey wanted) {
    return keys.stream().filter(key -> key.publicKey().equals(wanted)).findFirst();
  }

  private static List<SshPublicKey> halves(List<SshSigner> keys) {
    return keys.stream().map(SshSigner::publicKey).toList();
  }
}
