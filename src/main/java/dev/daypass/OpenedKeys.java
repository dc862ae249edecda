package dev.daypass;

import dev.daypass.config.keys.KeyConfig;
import dev.daypass.config.keys.KeysConfig;
import dev.daypass.config.signer.SignerConfig;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.PublicKeys;
import dev.daypass.signer.SignerKeys;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys that the configuration names, opened: each has one use (DESIGN section 3). */
final class OpenedKeys {
  private OpenedKeys() {}

  /** Those behind the signer's port, where it is in this process. */
  static SignerKeys signing(KeysConfig keys, KeyRing ring) throws IOException {
    return signing(keys.userCas(), keys.hostCas(), keys.ledgers(), ring);
  }

  /** Those of a separate signer. */
  static SignerKeys signing(SignerConfig.Keys keys, KeyRing ring) throws IOException {
    return signing(keys.userCas(), keys.hostCas(), keys.ledgers(), ring);
  }

  /** The daemon's own key, which must be none of those behind the signer's port. */
  static SshSigner channel(KeysConfig keys, PublicKeys others, KeyRing ring) throws IOException {
    SshSigner channel = ring.open(keys.channel());
    Map<SshPublicKey, KeyUse> uses = new HashMap<>();
    admit(KeyUse.USER_CA, others.userCas(), uses);
    admit(KeyUse.HOST_CA, others.hostCas(), uses);
    admit(KeyUse.LEDGER, others.ledgers(), uses);
    admit(KeyUse.CHANNEL, List.of(channel.publicKey()), uses);
    return channel;
  }

  private static SignerKeys signing(
      List<KeyConfig> userCas, List<KeyConfig> hostCas, List<KeyConfig> ledgers, KeyRing ring)
      throws IOException {
    List<SshSigner> openedUserCas = ring.open(userCas);
    List<SshSigner> openedHostCas = ring.open(hostCas);
    List<SshSigner> openedLedgers = ring.open(ledgers);
    Map<SshPublicKey, KeyUse> uses = new HashMap<>();
    admit(KeyUse.USER_CA, halves(openedUserCas), uses);
    admit(KeyUse.HOST_CA, halves(openedHostCas), uses);
    admit(KeyUse.LEDGER, halves(openedLedgers), uses);
    openedLedgers.forEach(OpenedKeys::requireEd25519);
    return new SignerKeys(openedUserCas, openedHostCas, openedLedgers);
  }

  private static List<SshPublicKey> halves(List<SshSigner> keys) {
    return keys.stream().map(SshSigner::publicKey).toList();
  }

  private static void admit(KeyUse use, List<SshPublicKey> keys, Map<SshPublicKey, KeyUse> uses) {
    for (SshPublicKey key : keys) {
      KeyUse other = uses.putIfAbsent(key, use);
      if (other != null) {
        throw new IllegalArgumentException(
            "keys.%s and keys.%s are one key, %s; give each use a key of its own"
                .formatted(other.keyName(), use.keyName(), key.fingerprint()));
      }
    }
  }

  private static void requireEd25519(SshSigner ledger) {
    if (!(ledger.publicKey() instanceof Ed25519PublicKey)) {
      throw new IllegalArgumentException(
          "keys.ledger is "
              + ledger.publicKey().type().wireName()
              + ", and checkpoints are signed by Ed25519 alone; name an Ed25519 key");
    }
  }
}
