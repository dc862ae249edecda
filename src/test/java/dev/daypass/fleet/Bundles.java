package dev.daypass.fleet;

import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Trust bundles for tests. */
final class Bundles {
  static final Instant VALID_UNTIL = Instant.parse("2027-11-21T01:13:00Z");
  static final SshPublicKey USER_CA = key(SshKeyType.ED25519);
  static final SshPublicKey HOST_CA = key(SshKeyType.ECDSA_P256);
  static final SshPublicKey LEDGER = key(SshKeyType.ED25519);
  static final SshPublicKey CHANNEL = key(SshKeyType.ED25519);
  static final SshPublicKey BREAK_GLASS = key(SshKeyType.ED25519);

  private Bundles() {}

  static TrustBundle plain() {
    return numbered(1);
  }

  static TrustBundle numbered(long number) {
    return made(number, VALID_UNTIL);
  }

  static TrustBundle validUntil(Instant end) {
    return made(1, end);
  }

  private static TrustBundle made(long number, Instant validUntil) {
    return new TrustBundle(
        number,
        validUntil,
        "ca.example.com/daypass",
        List.of(USER_CA),
        List.of(HOST_CA),
        List.of(LEDGER),
        List.of(CHANNEL),
        Optional.empty(),
        WitnessPolicy.NONE,
        Set.of(ServerMode.FILE));
  }

  /** Every member that may be there more than once, or at all. */
  static TrustBundle full() {
    return new TrustBundle(
        Long.MAX_VALUE,
        VALID_UNTIL,
        "ca.example.com/daypass",
        List.of(USER_CA, key(SshKeyType.ED25519)),
        List.of(HOST_CA, key(SshKeyType.ED25519)),
        List.of(LEDGER, key(SshKeyType.ED25519)),
        List.of(CHANNEL, key(SshKeyType.ED25519)),
        Optional.of(BREAK_GLASS),
        new WitnessPolicy(
            List.of(
                "witness w1 witness.example+f1d2e3c4+AUx https://witness.example/",
                "group g any w1",
                "quorum g")),
        Set.of(ServerMode.values()));
  }

  static SshPublicKey key(SshKeyType type) {
    return OpenSshPrivateKey.generate(type).publicKey();
  }
}
