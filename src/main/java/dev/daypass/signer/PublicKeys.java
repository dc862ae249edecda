package dev.daypass.signer;

import dev.daypass.ssh.SshPublicKey;
import java.util.List;

/**
 * The public halves of a signer's keys: several for one use while one takes the place of another.
 * The first of each use is the one to sign with.
 */
public record PublicKeys(
    List<SshPublicKey> userCas, List<SshPublicKey> hostCas, List<SshPublicKey> ledgers) {
  /** So many keys of one use are in no trust bundle. */
  public static final int MAX_KEYS = 16;

  public PublicKeys {
    userCas = List.copyOf(userCas);
    hostCas = List.copyOf(hostCas);
    ledgers = List.copyOf(ledgers);
    for (List<SshPublicKey> keys : List.of(userCas, hostCas, ledgers)) {
      if (keys.isEmpty() || keys.size() > MAX_KEYS) {
        throw new IllegalArgumentException("1 to 16 keys for each use");
      }
    }
  }

  /** One of each. */
  public PublicKeys(SshPublicKey userCa, SshPublicKey hostCa, SshPublicKey ledger) {
    this(List.of(userCa), List.of(hostCa), List.of(ledger));
  }

  /** The key that user certificates are to be signed with. */
  public SshPublicKey userCa() {
    return userCas.getFirst();
  }

  /** The key that host certificates are to be signed with. */
  public SshPublicKey hostCa() {
    return hostCas.getFirst();
  }

  /** The key that checkpoints are to be signed with. */
  public SshPublicKey ledger() {
    return ledgers.getFirst();
  }

  /** The keys of that use: none of the daemon's own and the root's. */
  public List<SshPublicKey> of(KeyUse use) {
    return switch (use) {
      case USER_CA -> userCas;
      case HOST_CA -> hostCas;
      case LEDGER -> ledgers;
      case CHANNEL, ROOT -> List.of();
    };
  }
}
