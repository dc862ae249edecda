package dev.daypass.cert.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.LedgerProofExtension;
import dev.daypass.cert.Serial;
import dev.daypass.cert.TestCertificates;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.signature.SshSigner;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CASES 1 to 44, as far as they concern a certificate's content. */
final class CertificateLinterTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final SshSigner CA = TestKeys.of(SshKeyType.ECDSA_P256);
  private static final CertificateContent DRAFT =
      TestCertificates.content(SshKeyType.ED25519, CA).withSerial(Serial.UNASSIGNED);
  private static final CertificateContent COMPLETE =
      DRAFT.withSerial(new Serial(42)).withProof(Bytes.ofUtf8("a proof"));
  private static final CertificateContent SECURITY_KEY =
      TestCertificates.content(SshKeyType.SK_ED25519, CA).withSerial(Serial.UNASSIGNED);
  private static final CertificateOptions NONE = CertificateOptions.EMPTY;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ECDSA_P256")
  void hasNothingToSayOfAGoodCertificate(SshKeyType type) {
    CertificateContent draft = TestCertificates.content(type, CA).withSerial(Serial.UNASSIGNED);
    assertThat(lint(draft)).isEmpty();
    CertificateContent complete =
        draft.withSerial(new Serial(-1)).withProof(Bytes.ofUtf8("a proof"));
    assertThat(rules(CertificateLinter.lint(complete, LintLimits.complete(HOUR)))).isEmpty();
  }

  @Test
  void hasNothingToSayOfAGoodHostCertificate() {
    List<String> names = List.of("db-1.example.com", "db-1", "192.0.2.7", "2001:db8::7");
    CertificateContent host = TestCertificates.host(SshKeyType.ED25519, CA, names);
    assertThat(rules(CertificateLinter.lint(host, LintLimits.complete(HOUR)))).isEmpty();
  }

  @Test
  void refusesNoPrincipals() {
    assertThat(lint(principals())).containsExactly("principals_empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,root",
        "root\0",
        "ro\0ot",
        "a\nb",
        "a\rb",
        "a\tb",
        "a\u001bb",
        "a\u007fb",
        "a\u0085b",
        " a",
        "a ",
        "a b",
        "*",
        "a*",
        "a?",
        "!a",
        "\u0440oot",
        "a\u202eb",
        "a\u200bb",
        "e\u0301",
        "-a",
        "+a",
        "@a",
        ".a",
        "\"a\"",
        "a\\b",
        "a/b",
        "\ud800"
      })
  void refusesPrincipalsThatServersReadDifferently(String name) {
    assertThat(lint(principals("x", name))).containsExactly("principal_characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "daypass:prod-db-debug",
        "daypass:r@db-1.example.com+alice",
        "deploy",
        "_x",
        "A.b"
      })
  void takesThePrincipalsOfRoles(String name) {
    assertThat(lint(principals(name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*.example.com",
        "*",
        "DB-1.example.com",
        "db-1.example.com.",
        "-db",
        "db_1",
        "a..b",
        "a b",
        "daypass:x",
        "::ffff:1.2.3.4%eth0"
      })
  void refusesHostNamesThatClientsReadDifferently(String name) {
    CertificateContent host = TestCertificates.host(SshKeyType.ED25519, CA, List.of("ok", name));
    assertThat(rules(CertificateLinter.lint(host, LintLimits.complete(HOUR))))
        .containsExactly("principal_characters");
  }

  @Test
  void refusesTooManyTooLongEmptyAndRepeatedPrincipals() {
    String[] many = IntStream.range(0, 33).mapToObj(i -> "p" + i).toArray(String[]::new);
    assertThat(lint(principals(many))).containsExactly("principals_too_many");
    assertThat(lint(principals("a".repeat(255)))).isEmpty();
    assertThat(lint(principals("a".repeat(256)))).containsExactly("principal_too_long");
    assertThat(lint(principals("x", ""))).containsExactly("principal_empty");
    assertThat(lint(principals("x", "x"))).containsExactly("principal_repeated");
    assertThat(lint(principals("Root", "root"))).containsExactly("principal_repeated");
  }

  @Test
  void refusesUnknownCriticalOptions() {
    assertThat(lint(options(NONE.flag("permit-pty"), NONE)))
        .containsExactly("critical_option_unknown");
    assertThat(lint(options(NONE.text("x@example.com", "y"), NONE)))
        .containsExactly("critical_option_unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"force-command", "source-address", "verify-required"})
  void refusesCriticalOptionsAmongTheExtensions(String name) {
    assertThat(lint(options(NONE, NONE.text(name, "x")))).containsExactly("critical_as_extension");
  }

  @Test
  void refusesUnknownExtensions() {
    assertThat(lint(options(NONE, NONE.flag("permit-PTY")))).containsExactly("extension_unknown");
    assertThat(lint(options(NONE, NONE.flag("p\u00e9rmit-pty"))))
        .containsExactly("extension_unknown");
  }

  @Test
  void refusesFlagsWithData() {
    for (Bytes data : List.of(Bytes.ofHex("00000000"), Bytes.ofHex("00"), Bytes.ofUtf8("yes"))) {
      assertThat(lint(options(NONE, NONE.data("permit-pty", data))))
          .containsExactly("flag_with_data");
    }
    CertificateOptions wrapped = NONE.text("verify-required", "");
    assertThat(lint(TestCertificates.withOptions(SECURITY_KEY, wrapped, NONE)))
        .containsExactly("flag_with_data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\0", "a\nb", "a\u001b[31m", "a\u0085b"})
  void refusesCommandsOfMoreThanALine(String command) {
    assertThat(lint(options(NONE.text("force-command", command), NONE)))
        .containsExactly("force_command_value");
  }

  @Test
  void refusesOptionsThatAreNotWrappedTwice() {
    Bytes bare = Bytes.ofUtf8("10.0.0.0/8");
    Bytes trailing = Bytes.ofHex("000000016100");
    assertThat(lint(options(NONE.data("source-address", bare), NONE)))
        .containsExactly("source_address_value");
    assertThat(lint(options(NONE.data("force-command", trailing), NONE)))
        .containsExactly("force_command_value");
    assertThat(lint(options(NONE.flag("force-command"), NONE)))
        .containsExactly("force_command_value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1",
        "127.0.0.1/8",
        "!10.0.0.0/8",
        "10.0.0.0/8, 10.1.0.0/16",
        "10.0.0.0/8,",
        ",10.0.0.0/8",
        "10.0.0.0/8 ",
        "0.0.0.0/0",
        "::/0",
        "10.0.0.0/33",
        "10.0.0.0/08",
        "10/8",
        "10.0.0.0/8,10.0.0.0/8",
        "010.0.0.0/8",
        "256.0.0.0/8",
        "::ffff:10.0.0.0/104",
        "2001:DB8::/32",
        "2001:db8:0:0::/32",
        "2001:db8::1/64",
        "2001:db8::/129",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "example.com/32",
        "fe80::%lo/64",
        "10.0.0.0/+8",
        "10.0.0.0/",
        "/8",
        "0:0:0:0:0:ffff:0a00:0/104",
        ":::/64",
        "1::2::3/128",
        "2001:db8::1.2.3.4/128"
      })
  void refusesNetworksThatSshdDoesNotRead(String value) {
    assertThat(lint(options(NONE.text("source-address", value), NONE)))
        .containsExactly("source_address_value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/8",
        "127.0.0.1/32",
        "10.0.0.0/8,192.0.2.0/24",
        "2001:db8::/32",
        "::1/128",
        "10.0.0.0/8,2001:db8:0:1::/64",
        "2001:db8:1:2:3:4:5:6/128",
        "1:0:0:2::/64",
        "128.0.0.0/1"
      })
  void takesCanonicalNetworks(String value) {
    assertThat(lint(options(NONE.text("source-address", value), NONE))).isEmpty();
  }

  @Test
  void aListOfNetworksThatPassedVouchesForNoOther() {
    CertificateOptions good = NONE.text("source-address", "10.0.0.0/8,192.0.2.0/24");
    for (String bad : List.of("10.0.0.0/8,192.0.2.0/2", "10.0.0.0/8,192.0.2.0/24 ", "")) {
      assertThat(lint(options(good, NONE))).isEmpty();
      assertThat(lint(options(NONE.text("source-address", bad), NONE)))
          .containsExactly("source_address_value");
    }
  }

  @Test
  void keepsFlagsOfSecurityKeysToSecurityKeys() {
    CertificateOptions verify = NONE.flag("verify-required");
    CertificateOptions noTouch = NONE.flag("no-touch-required");
    assertThat(lint(options(verify, NONE))).containsExactly("verify_required_key");
    assertThat(lint(options(NONE, noTouch))).containsExactly("no_touch_key");
    assertThat(lint(TestCertificates.withOptions(SECURITY_KEY, verify, noTouch))).isEmpty();
  }

  @Test
  void refusesAnyOptionOfAHost() {
    CertificateContent host = TestCertificates.host(SshKeyType.ED25519, CA, List.of("db-1"));
    CertificateContent critical =
        TestCertificates.withOptions(host, NONE.text("source-address", "10.0.0.0/8"), NONE);
    assertThat(rules(CertificateLinter.lint(critical, LintLimits.complete(HOUR))))
        .containsExactly("host_critical_option");
    CertificateContent extended = TestCertificates.withOptions(host, NONE, NONE.flag("permit-pty"));
    assertThat(rules(CertificateLinter.lint(extended, LintLimits.complete(HOUR))))
        .containsExactly("host_extension");
  }

  @Test
  void refusesALongerLifetimeThanAllowed() {
    LintLimits limits = LintLimits.draft(HOUR.minusSeconds(1));
    assertThat(rules(CertificateLinter.lint(DRAFT, limits))).containsExactly("lifetime_too_long");
  }

  @Test
  void refusesUnsoundKeysAndNonces() {
    CertificateContent self = TestCertificates.content(SshKeyType.ECDSA_P256, CA);
    assertThat(lint(self.withSerial(Serial.UNASSIGNED))).containsExactly("key_is_ca_key");
    LintLimits limits = new LintLimits(LintStage.DRAFT, HOUR, 32, 4096);
    CertificateContent rsa = TestCertificates.content(SshKeyType.RSA, CA);
    assertThat(rules(CertificateLinter.lint(rsa.withSerial(Serial.UNASSIGNED), limits)))
        .containsExactly("rsa_too_short");
    for (int size : new int[] {0, 31, 33, 1024}) {
      CertificateContent content = TestCertificates.withNonce(DRAFT, Bytes.of(new byte[size]));
      assertThat(lint(content)).containsExactly("nonce_size");
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "'',key_id_empty",
        "'a\nb',key_id_characters",
        "'a\u001b[31m',key_id_characters",
        "'\u00e9',key_id_characters"
      })
  void refusesKeyIdsThatForgeOrHideLogLines(String keyId, String rule) {
    assertThat(lint(TestCertificates.withKeyId(DRAFT, keyId))).containsExactly(rule);
  }

  @Test
  void refusesKeyIdsThatAreTooLong() {
    assertThat(lint(TestCertificates.withKeyId(DRAFT, "a".repeat(256)))).isEmpty();
    assertThat(lint(TestCertificates.withKeyId(DRAFT, "a".repeat(257))))
        .containsExactly("key_id_too_long");
    assertThat(lint(TestCertificates.withKeyId(DRAFT, "a\0"))).containsExactly("key_id_characters");
  }

  @Test
  void demandsSerialAndProofExactlyWhenComplete() {
    LintLimits complete = LintLimits.complete(HOUR);
    assertThat(rules(CertificateLinter.lint(COMPLETE, complete))).isEmpty();
    assertThat(rules(CertificateLinter.lint(DRAFT, complete)))
        .containsExactly("serial_zero", "proof_missing");
    assertThat(lint(COMPLETE)).containsExactly("serial_early", "proof_early");
  }

  @Test
  void boundsTheProof() {
    assertThat(proof(NONE.flag(LedgerProofExtension.NAME))).containsExactly("proof_malformed");
    assertThat(proof(NONE.text(LedgerProofExtension.NAME, ""))).containsExactly("proof_malformed");
    String longest = "p".repeat(LedgerProofExtension.MAX_BYTES);
    assertThat(proof(NONE.text(LedgerProofExtension.NAME, longest))).isEmpty();
    assertThat(proof(NONE.text(LedgerProofExtension.NAME, longest + "p")))
        .containsExactly("proof_too_long");
  }

  @Test
  void reportsEveryFindingAtOnceWithoutEchoingTheText() {
    CertificateContent content =
        TestCertificates.withKeyId(principals("a\nb", ""), "x\nAccepted certificate ID");
    List<LintFinding> findings = CertificateLinter.lint(content, LintLimits.draft(HOUR));
    assertThat(rules(findings))
        .containsExactly("key_id_characters", "principal_characters", "principal_empty");
    assertThat(findings).allSatisfy(f -> assertThat(f.detail()).doesNotContain("\n", "Accepted"));
  }

  @Test
  void keepsItsLimitsSane() {
    assertThatThrownBy(() -> LintLimits.draft(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LintLimits(LintStage.DRAFT, HOUR, 257, 2048))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LintLimits(LintStage.DRAFT, HOUR, 0, 2048))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> proof(CertificateOptions extensions) {
    CertificateContent content =
        TestCertificates.withOptions(DRAFT.withSerial(new Serial(1)), NONE, extensions);
    return rules(CertificateLinter.lint(content, LintLimits.complete(HOUR)));
  }

  private static CertificateContent principals(String... names) {
    return TestCertificates.withPrincipals(DRAFT, List.of(names));
  }

  private static CertificateContent options(
      CertificateOptions critical, CertificateOptions extensions) {
    return TestCertificates.withOptions(DRAFT, critical, extensions);
  }

  private static List<String> lint(CertificateContent content) {
    return rules(CertificateLinter.lint(content, LintLimits.draft(HOUR)));
  }

  private static List<String> rules(List<LintFinding> findings) {
    return findings.stream().map(LintFinding::rule).toList();
  }
}
