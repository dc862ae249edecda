package dev.daypass.cases;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.Serial;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import java.time.Instant;
import java.util.List;

/** What a faulty issuer might want to have signed, for the linter. */
final class Contents {
  private static final Instant AFTER = Instant.parse("2026-11-21T01:00:00Z");

  private Contents() {}

  static CertificateContent principals(String... names) {
    return content(CertificateType.USER, "alice role=ops", List.of(names), none(), none());
  }

  static CertificateContent hostNames(String... names) {
    return content(CertificateType.HOST, "db-1", List.of(names), none(), none());
  }

  static CertificateContent keyId(String keyId) {
    return content(CertificateType.USER, keyId, List.of("daypass:ops"), none(), none());
  }

  static CertificateContent critical(CertificateOptions options) {
    return content(CertificateType.USER, "a role=ops", List.of("daypass:ops"), options, none());
  }

  static CertificateContent extensions(CertificateOptions options) {
    return content(CertificateType.USER, "a role=ops", List.of("daypass:ops"), none(), options);
  }

  static CertificateContent hostCritical(CertificateOptions options) {
    return content(CertificateType.HOST, "db-1", List.of("db-1"), options, none());
  }

  static CertificateOptions none() {
    return CertificateOptions.EMPTY;
  }

  private static CertificateContent content(
      CertificateType type,
      String keyId,
      List<String> principals,
      CertificateOptions critical,
      CertificateOptions extensions) {
    return new CertificateContent(
        type,
        Bytes.ofHex("5a".repeat(32)),
        TestKeys.of(SshKeyType.ED25519).publicKey(),
        Serial.UNASSIGNED,
        new KeyId(keyId),
        principals.stream().map(Principal::new).toList(),
        new ValidityWindow(AFTER, AFTER.plusSeconds(600)),
        critical,
        extensions,
        TestKeys.of(SshKeyType.ECDSA_P256).publicKey());
  }
}
