package dev.daypass.cert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Mutations;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.signature.SshSigner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No damaged certificate is ever taken for a good one. */
final class CertificateMutationTest {
  private static final boolean LONG = Boolean.getBoolean("daypass.long");
  private static final int ROUNDS = LONG ? 100_000 : 1_000;
  private static int tried;
  private static final SshSigner CA = TestKeys.of(SshKeyType.ED25519);

  @ParameterizedTest
  @EnumSource
  void everyChangedByteIsNoticedForEachSubject(SshKeyType type) {
    everyChangedByteIsNoticed(TestCertificates.sign(proven(type, CA), CA));
  }

  @ParameterizedTest
  @EnumSource
  void everyChangedByteIsNoticedForEachCa(SshKeyType type) {
    SshSigner ca = TestKeys.of(type);
    everyChangedByteIsNoticed(TestCertificates.sign(proven(SshKeyType.ECDSA_P256, ca), ca));
  }

  @AfterAll
  static void tell() {
    Figures.record(
        Goal.R20, CertificateMutationTest.class, "%d certificates with changed bytes tried", tried);
  }

  @ParameterizedTest
  @EnumSource
  void everyDamagedCertificateIsNoticed(SshKeyType type) {
    Bytes good = TestCertificates.sign(proven(type, CA), CA).encode();
    Mutations mutations = new Mutations(good.size());
    for (int i = 0; i < ROUNDS; i++) {
      Bytes damaged = mutations.damaged(good);
      if (!damaged.equals(good)) {
        tried++;
        assertThat(CertificateDecoders.accepts(damaged.toArray())).as(damaged::hex).isFalse();
      }
    }
  }

  private static void everyChangedByteIsNoticed(Certificate certificate) {
    byte[] good = certificate.encode().toArray();
    assertThat(CertificateDecoders.accepts(good)).isTrue();
    for (int i = 0; i < good.length; i++) {
      for (int mask : LONG ? new int[] {1, 2, 4, 8, 16, 32, 64, 128, 255} : new int[] {1, 128}) {
        byte[] changed = good.clone();
        tried++;
        changed[i] ^= (byte) mask;
        assertThat(CertificateDecoders.accepts(changed)).as("byte %d", i).isFalse();
      }
    }
  }

  private static CertificateContent proven(SshKeyType subject, SshSigner ca) {
    return TestCertificates.content(subject, ca).withProof(Bytes.ofUtf8("a proof"));
  }
}
