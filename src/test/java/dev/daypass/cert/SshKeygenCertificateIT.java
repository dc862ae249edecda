package dev.daypass.cert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshKeygen;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SshKeygenCertificateIT {
  private static final OpenSshPrivateKey CA = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  @TempDir Path folder;
  private SshKeygen keygen;

  @BeforeEach
  void makeCa() throws Exception {
    keygen = new SshKeygen(folder);
    keygen.write("ca", CA.encode("ca"));
  }

  @ParameterizedTest
  @EnumSource
  void encodesAUserCertificateLikeSshKeygen(SshKeyType type) throws Exception {
    CertificateContent content = TestCertificates.content(type, CA);
    Certificate theirs =
        signed(
            content,
            "-O",
            "clear",
            "-O",
            "permit-pty",
            "-O",
            "permit-agent-forwarding",
            "-O",
            "force-command=/usr/bin/true",
            "-O",
            "source-address=10.0.0.0/8");
    assertSameButNonceAndSignature(theirs, content);
  }

  @ParameterizedTest
  @EnumSource(names = {"SK_ECDSA_P256", "SK_ED25519"})
  void encodesTheOptionsOfSecurityKeysLikeSshKeygen(SshKeyType type) throws Exception {
    CertificateContent plain = TestCertificates.content(type, CA);
    CertificateContent content =
        TestCertificates.withOptions(
            plain,
            CertificateOptions.EMPTY.flag("verify-required"),
            CertificateOptions.EMPTY.flag("no-touch-required"));
    Certificate theirs =
        signed(content, "-O", "clear", "-O", "verify-required", "-O", "no-touch-required");
    assertSameButNonceAndSignature(theirs, content);
  }

  @Test
  void encodesAnUnknownExtensionLikeSshKeygen() throws Exception {
    CertificateContent content =
        TestCertificates.withOptions(
            TestCertificates.content(SshKeyType.ED25519, CA),
            CertificateOptions.EMPTY,
            CertificateOptions.EMPTY.text(LedgerProofExtension.NAME, "proof"));
    Certificate theirs =
        signed(content, "-O", "clear", "-O", "extension:" + LedgerProofExtension.NAME + "=proof");
    assertSameButNonceAndSignature(theirs, content);
  }

  @ParameterizedTest
  @EnumSource
  void encodesAHostCertificateLikeSshKeygen(SshKeyType type) throws Exception {
    CertificateContent content =
        TestCertificates.host(type, CA, List.of("db-1.example.com", "192.0.2.7"));
    assertSameButNonceAndSignature(signed(content, "-h"), content);
  }

  @ParameterizedTest
  @EnumSource
  void sshKeygenReadsACertificateOfEachCaKeyType(SshKeyType type) throws Exception {
    SshSigner ca = TestKeys.generate(type);
    CertificateContent content = TestCertificates.content(SshKeyType.ED25519, ca);
    keygen.write("k-cert.pub", TestCertificates.sign(content, ca).line("c") + "\n");
    // OpenSSH verifies the CA's signature when it parses (sshkey.c, cert_parse).
    assertThat(keygen.run("-L", "-f", "k-cert.pub"))
        .contains("Signing CA:", ca.publicKey().fingerprint().toString())
        .contains("Key ID: \"alice role=prod-db-debug\"")
        .contains("Serial: 42")
        .contains("Valid: from 2026-11-21T01:00:00 to 2026-11-21T02:00:00")
        .contains("daypass:prod-db-debug")
        .contains("force-command /usr/bin/true")
        .contains("source-address 10.0.0.0/8")
        .contains("permit-agent-forwarding");
  }

  @ParameterizedTest
  @EnumSource
  void sshKeygenReadsACertificateOfEachSubjectKeyType(SshKeyType type) throws Exception {
    CertificateContent content = TestCertificates.content(type, CA);
    keygen.write("k-cert.pub", TestCertificates.sign(content, CA).line("c") + "\n");
    assertThat(keygen.run("-L", "-f", "k-cert.pub"))
        .contains("Type: " + type.certificateName() + " user certificate")
        .contains(content.publicKey().fingerprint().toString());
  }

  private Certificate signed(CertificateContent content, String... options) throws Exception {
    keygen.write("k.pub", content.publicKey().line() + " somebody\n");
    List<String> arguments = new ArrayList<>(List.of("-q", "-s", "ca"));
    arguments.addAll(List.of("-I", content.keyId().text(), "-z", content.serial().toString()));
    arguments.addAll(List.of("-V", "20261121010000:20261121020000"));
    List<String> names = content.principals().stream().map(Principal::name).toList();
    arguments.addAll(List.of("-n", String.join(",", names)));
    arguments.addAll(List.of(options));
    arguments.add("k.pub");
    keygen.run(arguments.toArray(String[]::new));
    return Certificate.parse(keygen.read("k-cert.pub"));
  }

  private static void assertSameButNonceAndSignature(
      Certificate theirs, CertificateContent content) {
    CertificateContent ours = TestCertificates.withNonce(content, theirs.content().nonce());
    assertThat(ours.toBeSigned().hex()).isEqualTo(theirs.content().toBeSigned().hex());
    assertThat(new Certificate(ours, theirs.signature()).encode()).isEqualTo(theirs.encode());
    assertThat(theirs.signatureVerifies()).isTrue();
    assertThat(SecondOpinion.disagreement(theirs)).isEmpty();
    // Ed25519 is deterministic: the same CA over the same bytes makes the same signature.
    assertThat(TestCertificates.sign(ours, CA)).isEqualTo(theirs);
  }
}
