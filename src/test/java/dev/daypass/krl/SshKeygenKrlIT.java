package dev.daypass.krl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Serial;
import dev.daypass.cert.TestCertificates;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshKeygen;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.signature.SshSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a list revokes, asked of {@code ssh-keygen -Q}. */
final class SshKeygenKrlIT {
  private static final SshSigner CA = TestKeys.of(SshKeyType.ED25519);
  private static final SshSigner OTHER_CA = TestKeys.of(SshKeyType.RSA);

  @TempDir Path folder;
  private SshKeygen keygen;

  @BeforeEach
  void open() {
    keygen = new SshKeygen(folder);
  }

  @Test
  void takesAnEmptyList() throws Exception {
    assertThat(revoked(TestLists.empty(), certificate(SshKeyType.ED25519, CA, 42))).isFalse();
  }

  @Test
  void showsWhatIsInTheList() throws Exception {
    write(TestLists.full());
    assertThat(keygen.run("-Q", "-l", "-f", "krl"))
        .contains("# KRL version 77")
        .contains("# Generated at 20261121T010000")
        .contains("# Comment: ca.example.com/daypass")
        .contains("serial: 3\n", "serial: 5-6\n", "serial: 9-40\n")
        .contains("id: alice\n", "id: bob role=web\n")
        .contains("hash: SHA256:" + TestLists.KEY.blob().sha256().hex());
  }

  @ParameterizedTest
  @EnumSource
  void revokesEachTypeBySerialKeyIdKeyAndCaKey(SshKeyType type) throws Exception {
    Certificate good = certificate(type, CA, 42);
    List<KeyRevocationList> lists =
        List.of(
            TestLists.of(TestLists.serials(CA.publicKey(), SerialSetTest.range(42, 42))),
            TestLists.of(
                new RevokedCertificates(
                    CA.publicKey(), SerialSet.EMPTY, List.of(good.content().keyId()))),
            keys(good.content().publicKey()),
            keys(CA.publicKey()));
    for (KeyRevocationList list : lists) {
      assertThat(revoked(list, good)).as("%s", list).isTrue();
      assertThat(list.revokes(good)).isTrue();
    }
  }

  @Test
  void leavesOtherCasAndOtherKeyIdsAlone() throws Exception {
    Certificate good = certificate(SshKeyType.ECDSA_P256, CA, 42);
    List<KeyRevocationList> lists =
        List.of(
            TestLists.of(TestLists.serials(OTHER_CA.publicKey(), SerialSetTest.range(1, 99))),
            TestLists.of(
                new RevokedCertificates(
                    CA.publicKey(), SerialSet.EMPTY, List.of(new KeyId("alice")))),
            keys(OTHER_CA.publicKey()));
    for (KeyRevocationList list : lists) {
      assertThat(revoked(list, good)).as("%s", list).isFalse();
    }
  }

  @Test
  void agreesOnSerialsUpToTheLast() throws Exception {
    Random random = new Random(20261121);
    List<SerialRange> ranges = new ArrayList<>(List.of(SerialSetTest.range(-3, -1)));
    for (int i = 0; i < 40; i++) {
      long first = random.nextLong(1, 1000);
      ranges.add(SerialSetTest.range(first, first + random.nextLong(0, 6)));
    }
    KeyRevocationList list =
        TestLists.of(
            new RevokedCertificates(CA.publicKey(), SerialSet.ofRanges(ranges), List.of()));
    long[] serials =
        LongStream.concat(random.longs(60, 1, 1010), LongStream.of(-1, -3, -4, 1)).toArray();
    for (long serial : serials) {
      Certificate certificate = certificate(SshKeyType.ED25519, CA, serial);
      assertThat(revoked(list, certificate))
          .as("serial %s", new Serial(serial))
          .isEqualTo(list.revokes(certificate));
    }
  }

  private boolean revoked(KeyRevocationList list, Certificate certificate) throws Exception {
    write(list);
    Files.writeString(folder.resolve("cert.pub"), certificate.line("c") + "\n");
    SshKeygen.Run run = keygen.tryRun("-Q", "-f", "krl", "cert.pub");
    assertThat(run.output()).doesNotContain("Unable").doesNotContain("nvalid");
    return run.exit() != 0;
  }

  private void write(KeyRevocationList list) throws Exception {
    Files.write(folder.resolve("krl"), list.encode().toArray());
  }

  private static KeyRevocationList keys(SshPublicKey key) {
    return new KeyRevocationList(1, TestLists.AT, "", List.of(), List.of(key.fingerprint()));
  }

  private static Certificate certificate(SshKeyType type, SshSigner ca, long serial) {
    CertificateContent content = TestCertificates.content(type, ca).withSerial(new Serial(serial));
    return TestCertificates.sign(content, ca);
  }
}
