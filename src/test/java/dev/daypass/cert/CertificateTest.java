package dev.daypass.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.OpenSshVectors;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.ssh.signature.SshSigner;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateTest {
  private static final SshSigner CA = TestKeys.of(SshKeyType.ED25519);
  private static final CertificateContent CONTENT =
      TestCertificates.content(SshKeyType.ED25519, CA);

  @ParameterizedTest
  @EnumSource
  void readsWhatItWroteForEachSubject(SshKeyType type) throws Exception {
    Certificate certificate = TestCertificates.sign(TestCertificates.content(type, CA), CA);
    assertThat(Certificate.decode(certificate.encode())).isEqualTo(certificate);
    assertThat(Certificate.parse(certificate.line("who 1"))).isEqualTo(certificate);
    assertThat(certificate.line("")).startsWith(type.certificateName() + " ").doesNotEndWith(" ");
    assertThat(certificate.signatureVerifies()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatItWroteForEachCa(SshKeyType type) throws Exception {
    SshSigner ca = TestKeys.generate(type);
    CertificateContent content = TestCertificates.content(SshKeyType.ED25519, ca);
    Certificate certificate = TestCertificates.sign(content, ca);
    assertThat(Certificate.decode(certificate.encode())).isEqualTo(certificate);
    assertThat(certificate.signatureVerifies()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecdsa_sk1", "ed25519_sk1"})
  void readsTheVectorsOfOpenSsh(String name) throws Exception {
    String line = OpenSshVectors.text("valid_" + name + "-cert.pub");
    Certificate certificate = Certificate.parse(line);
    assertThat(certificate.content().type()).isEqualTo(CertificateType.HOST);
    assertThat(certificate.content().keyId()).hasToString("julius");
    assertThat(certificate.content().principals())
        .containsExactly(new Principal("host1"), new Principal("host2"));
    assertThat(certificate.content().publicKey().fingerprint())
        .hasToString(OpenSshVectors.text("valid_" + name + ".fp").strip());
    assertThat(certificate.signatureVerifies()).isTrue();
    assertThat(line).startsWith(certificate.line(""));
  }

  @Test
  void refusesACommentThatBreaksTheLine() {
    Certificate certificate = TestCertificates.sign(CONTENT, CA);
    assertThatThrownBy(() -> certificate.line("a\nb")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesEveryTruncationAndTrailingBytes() {
    Bytes encoded = TestCertificates.sign(CONTENT, CA).encode();
    for (int size = 0; size < encoded.size(); size++) {
      refuses(encoded.slice(0, size));
    }
    refuses(encoded.concat(Bytes.ofHex("00")));
    refuses(Bytes.of(new byte[64 * 1024 + 1]));
  }

  // draft-ietf-sshm-cert-01 section 2.1.1; the table "What Debian 12 really does with odd
  // certificates".
  @Test
  void refusesWhatHasSeveralReadings() {
    for (String text : List.of("alice\0", "\0", "a\0b")) {
      refuses(TestCertificates.withKeyId(CONTENT, text));
      refuses(TestCertificates.withPrincipals(CONTENT, List.of("x", text)));
      refuses(
          TestCertificates.withOptions(
              CONTENT, CertificateOptions.EMPTY, CertificateOptions.EMPTY.flag(text)));
    }
    refuses(TestCertificates.withNonce(CONTENT, Bytes.EMPTY));
    refuses(TestCertificates.withNonce(CONTENT, Bytes.of(new byte[31])));
    refuses(TestCertificates.withNonce(CONTENT, Bytes.of(new byte[1024])));
    refuses(TestCertificates.withPrincipals(CONTENT, Collections.nCopies(257, "x")));
  }

  @Test
  void refusesMalformedFields() {
    refuses(new RawCertificate().keyId(Bytes.ofHex("ff")));
    refuses(new RawCertificate().principals(Bytes.ofHex("00000002ff")));
    refuses(new RawCertificate().type(0));
    refuses(new RawCertificate().type(3));
    refuses(new RawCertificate().window(2, 2));
    refuses(new RawCertificate().window(3, 2));
    refuses(new RawCertificate().window(0, 0));
    refuses(new RawCertificate().window(1, -1));
    refuses(new RawCertificate().window(1, Long.MAX_VALUE));
    refuses(new RawCertificate().window(1, 253_402_300_800L));
    refuses(new RawCertificate().reserved(Bytes.ofHex("00")));
    refuses(new RawCertificate().extensions(options("b", "a")));
    refuses(new RawCertificate().extensions(options("a", "a")));
    refuses(new RawCertificate().criticalOptions(options("b", "a")));
    refuses(new RawCertificate().extensions(Bytes.ofHex("0000000161")));
    refuses(new RawCertificate().caKey(TestCertificates.sign(CONTENT, CA).encode()));
    refuses(new RawCertificate().caKey(CA.publicKey().blob().concat(Bytes.ofHex("00"))));
    refuses(new RawCertificate().name("ssh-ed25519"));
    refuses(new RawCertificate().name("rsa-sha2-512-cert-v01@openssh.com"));
    refuses(new RawCertificate().name("ssh-dss-cert-v01@openssh.com"));
  }

  @Test
  void acceptsWhatTheRawBuilderMakesUnchanged() throws Exception {
    assertThat(Certificate.decode(new RawCertificate().encode()).signatureVerifies()).isTrue();
    Certificate.decode(new RawCertificate().window(0, 253_402_300_799L).encode());
  }

  @Test
  void refusesASignatureLabelThatIsNotTheCaKeys() {
    SshSignature good = TestCertificates.sign(CONTENT, CA).signature();
    for (String label : List.of("ssh-rsa", "rsa-sha2-512", "ecdsa-sha2-nistp256", "")) {
      Certificate relabelled = new Certificate(CONTENT, SshSignature.of(label, good.blob()));
      refuses(relabelled.encode());
      assertThat(relabelled.signatureVerifies()).isFalse();
    }
  }

  @Test
  void keepsSerialsUnsigned() throws Exception {
    for (long bits : new long[] {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      Certificate certificate = TestCertificates.sign(CONTENT.withSerial(new Serial(bits)), CA);
      assertThat(Certificate.decode(certificate.encode()).content().serial().bits())
          .isEqualTo(bits);
      assertThat(SecondOpinion.disagreement(certificate)).isEmpty();
    }
  }

  @Test
  void commitsToEverythingButTheProof() throws Exception {
    CertificateContent proven = CONTENT.withProof(Bytes.ofUtf8("the proof"));
    assertThat(proven.commitment()).isEqualTo(CONTENT.toBeSigned().sha256());
    assertThat(proven.withoutProof()).isEqualTo(CONTENT);
    assertThat(proven.proof()).contains(Bytes.ofUtf8("the proof"));
    assertThat(CONTENT.proof()).isEmpty();
    assertThat(CONTENT.withSerial(new Serial(43)).commitment()).isNotEqualTo(CONTENT.commitment());
    assertThatThrownBy(() -> proven.withProof(Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void putsTheProofAtItsSortedPlace() throws Exception {
    CertificateContent proven = CONTENT.withProof(Bytes.ofUtf8("p"));
    assertThat(proven.extensions().names())
        .containsExactly("ledger-proof@daypass.dev", "permit-agent-forwarding", "permit-pty");
    Certificate certificate = TestCertificates.sign(proven, CA);
    assertThat(Certificate.decode(certificate.encode()).content()).isEqualTo(proven);
  }

  private static Bytes options(String... names) {
    WireWriter writer = new WireWriter();
    for (String name : names) {
      writer.text(name).string(Bytes.EMPTY);
    }
    return writer.toBytes();
  }

  private static void refuses(CertificateContent content) {
    refuses(TestCertificates.sign(content, CA).encode());
  }

  private static void refuses(RawCertificate raw) {
    refuses(raw.encode());
  }

  private static void refuses(Bytes blob) {
    assertThatThrownBy(() -> Certificate.decode(blob))
        .isInstanceOf(CertificateFormatException.class);
  }
}
