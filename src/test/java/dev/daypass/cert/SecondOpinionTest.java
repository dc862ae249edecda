package dev.daypass.cert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.ssh.signature.SshSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SecondOpinionTest {
  private static final SshSigner CA = TestKeys.of(SshKeyType.ED25519);

  @ParameterizedTest
  @EnumSource
  void agreesForEachSubjectKeyType(SshKeyType type) {
    Certificate certificate = TestCertificates.sign(TestCertificates.content(type, CA), CA);
    assertThat(SecondOpinion.disagreement(certificate)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void agreesForEachCaKeyType(SshKeyType type) {
    SshSigner ca = TestKeys.generate(type);
    CertificateContent content = TestCertificates.content(SshKeyType.ED25519, ca);
    Certificate certificate = TestCertificates.sign(content, ca);
    assertThat(SecondOpinion.disagreement(certificate)).isEmpty();
  }

  @Test
  void readsTheProofAlike() {
    CertificateContent content =
        TestCertificates.content(SshKeyType.ED25519, CA).withProof(Bytes.ofUtf8("a\nproof\n"));
    assertThat(SecondOpinion.disagreement(TestCertificates.sign(content, CA))).isEmpty();
  }

  @Test
  void comparesReadingsAndJudgesNothingElse() {
    CertificateContent content = TestCertificates.content(SshKeyType.ED25519, CA);
    SshSignature signature = SshSignature.of("ssh-ed25519", Bytes.EMPTY);
    CertificateContent noisy = TestCertificates.withKeyId(content, "a\0b");
    assertThat(SecondOpinion.disagreement(new Certificate(content, signature))).isEmpty();
    assertThat(SecondOpinion.disagreement(TestCertificates.sign(noisy, CA))).isEmpty();
  }
}
