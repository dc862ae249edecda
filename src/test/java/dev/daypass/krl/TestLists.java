package dev.daypass.krl;

import dev.daypass.cert.KeyId;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.TestKeys;
import java.time.Instant;
import java.util.List;

/** Lists to test with. */
final class TestLists {
  static final Instant AT = Instant.parse("2026-11-21T01:00:00Z");
  static final SshPublicKey CA = TestKeys.of(SshKeyType.ED25519).publicKey();
  static final SshPublicKey OTHER_CA = TestKeys.of(SshKeyType.ECDSA_P384).publicKey();
  static final SshPublicKey KEY = TestKeys.of(SshKeyType.ECDSA_P256).publicKey();

  private TestLists() {}

  static KeyRevocationList empty() {
    return new KeyRevocationList(1, AT, "", List.of(), List.of());
  }

  /** One of everything. */
  static KeyRevocationList full() {
    return new KeyRevocationList(
        77,
        AT,
        "ca.example.com/daypass",
        List.of(
            serials(
                CA,
                SerialSetTest.range(3, 3),
                SerialSetTest.range(5, 6),
                SerialSetTest.range(9, 40)),
            new RevokedCertificates(
                OTHER_CA, SerialSet.EMPTY, List.of(new KeyId("bob role=web"), new KeyId("alice")))),
        List.of(KEY.fingerprint()));
  }

  static KeyRevocationList of(RevokedCertificates certificates) {
    return new KeyRevocationList(1, AT, "", List.of(certificates), List.of());
  }

  static RevokedCertificates serials(SshPublicKey ca, SerialRange... ranges) {
    return new RevokedCertificates(ca, SerialSet.ofRanges(List.of(ranges)), List.of());
  }
}
