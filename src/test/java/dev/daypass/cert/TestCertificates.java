package dev.daypass.cert;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSigner;
import java.time.Instant;
import java.util.List;

/** Certificates to test with. */
public final class TestCertificates {
  public static final Instant AFTER = Instant.parse("2026-11-21T01:00:00Z");
  public static final Instant BEFORE = Instant.parse("2026-11-21T02:00:00Z");

  private TestCertificates() {}

  /** What a CA would sign for this key; the linter has nothing to say but that the proof lacks. */
  public static CertificateContent content(SshKeyType subject, SshSigner ca) {
    return new CertificateContent(
        CertificateType.USER,
        Bytes.ofHex("5a".repeat(32)),
        TestKeys.of(subject).publicKey(),
        new Serial(42),
        new KeyId("alice role=prod-db-debug"),
        List.of(new Principal("daypass:prod-db-debug")),
        new ValidityWindow(AFTER, BEFORE),
        CertificateOptions.EMPTY
            .text("source-address", "10.0.0.0/8")
            .text("force-command", "/usr/bin/true"),
        CertificateOptions.EMPTY.flag("permit-pty").flag("permit-agent-forwarding"),
        ca.publicKey());
  }

  public static Certificate sign(CertificateContent content, SshSigner ca) {
    try {
      return new Certificate(content, ca.sign(content.toBeSigned()));
    } catch (SigningException e) {
      throw new AssertionError("a key in memory can sign", e);
    }
  }

  /** What a CA would sign for a server of these names. */
  public static CertificateContent host(SshKeyType subject, SshSigner ca, List<String> names) {
    CertificateContent user = content(subject, ca);
    return new CertificateContent(
        CertificateType.HOST,
        user.nonce(),
        user.publicKey(),
        user.serial(),
        new KeyId(names.getFirst()),
        names.stream().map(Principal::new).toList(),
        user.window(),
        CertificateOptions.EMPTY,
        CertificateOptions.EMPTY,
        user.caKey());
  }

  public static CertificateContent withNonce(CertificateContent content, Bytes nonce) {
    return new CertificateContent(
        content.type(),
        nonce,
        content.publicKey(),
        content.serial(),
        content.keyId(),
        content.principals(),
        content.window(),
        content.criticalOptions(),
        content.extensions(),
        content.caKey());
  }

  public static CertificateContent withKeyId(CertificateContent content, String keyId) {
    return new CertificateContent(
        content.type(),
        content.nonce(),
        content.publicKey(),
        content.serial(),
        new KeyId(keyId),
        content.principals(),
        content.window(),
        content.criticalOptions(),
        content.extensions(),
        content.caKey());
  }

  public static CertificateContent withPrincipals(CertificateContent content, List<String> names) {
    return new CertificateContent(
        content.type(),
        content.nonce(),
        content.publicKey(),
        content.serial(),
        content.keyId(),
        names.stream().map(Principal::new).toList(),
        content.window(),
        content.criticalOptions(),
        content.extensions(),
        content.caKey());
  }

  public static CertificateContent withOptions(
      CertificateContent content,
      CertificateOptions criticalOptions,
      CertificateOptions extensions) {
    return new CertificateContent(
        content.type(),
        content.nonce(),
        content.publicKey(),
        content.serial(),
        content.keyId(),
        content.principals(),
        content.window(),
        criticalOptions,
        extensions,
        content.caKey());
  }
}
