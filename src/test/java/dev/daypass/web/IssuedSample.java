package dev.daypass.web;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.Serial;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.policy.Decision;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.host.LabelSelector;
import dev.daypass.policy.role.Eligibility;
import dev.daypass.policy.role.KeyRule;
import dev.daypass.policy.role.Opening;
import dev.daypass.policy.role.ProofDemand;
import dev.daypass.policy.role.ReasonRule;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.RoleName;
import dev.daypass.policy.role.Rules;
import dev.daypass.policy.role.SourceRule;
import dev.daypass.policy.role.Ttl;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.InclusionProof;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.Opaque;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TreeSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A granted request, with a certificate that a key of the moment signed. */
final class IssuedSample {
  static final String PROOF = "c2sp.org/tlog-proof@v1\nindex 5\n\nca.example.com/daypass\n6\n";
  static final Role ROLE =
      new Role(
          RoleName.parse("prod-db-debug").orElseThrow(),
          "Read-only shell on production databases",
          Eligibility.PERSON,
          new Opening(Set.of(), true, List.of()),
          LabelSelector.ALL,
          List.of("*.prod.example.com"),
          new Ttl(Duration.ofMinutes(30), Duration.ofHours(1)),
          Set.of(),
          Optional.empty(),
          new SourceRule.Anywhere(),
          KeyRule.ANY,
          new ReasonRule.Required(),
          ProofDemand.LEDGER,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new Rules(List.of(), List.of()));

  private static final OpenSshPrivateKey CA = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  private IssuedSample() {}

  static IssuanceOutcome.Issued issued(SshPublicKey key, Instant now) {
    try {
      Decision.Granted decision = decision(now);
      CertificateContent content =
          new CertificateContent(
                  CertificateType.USER,
                  Bytes.of(new byte[32]),
                  key,
                  new Serial(-1L), // 2^64 - 1: a JSON number would lose it (CASES 56)
                  decision.keyId(),
                  decision.principals(),
                  decision.window(),
                  decision.criticalOptions(),
                  decision.extensions(),
                  CA.publicKey())
              .withProof(Bytes.ofUtf8(PROOF));
      Certificate certificate = new Certificate(content, CA.sign(content.toBeSigned()));
      return new IssuanceOutcome.Issued(certificate, receipt(now), decision);
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }

  private static Decision.Granted decision(Instant now) {
    return new Decision.Granted(
        ROLE,
        "allow[0]",
        new KeyId("alice role=prod-db-debug"),
        List.of(
            new Principal("daypass:prod-db-debug@db-1.prod.example.com"),
            new Principal("daypass:prod-db-debug@db-2.prod.example.com")),
        new ValidityWindow(now.minusSeconds(60), now.plus(Duration.ofMinutes(30))),
        CertificateOptions.EMPTY,
        CertificateOptions.EMPTY,
        List.of(host("db-1.prod.example.com"), host("db-2.prod.example.com")),
        List.of());
  }

  private static Host host(String name) {
    return new Host(HostName.parse(name).orElseThrow(), Map.of());
  }

  private static Receipt receipt(Instant now) throws SigningException {
    Checkpoint checkpoint =
        new Checkpoint("ca.example.com/daypass", new TreeSize(6), Hash.EMPTY_ROOT);
    Entry entry =
        new Entry(
            now,
            EntryKind.CERTIFICATE_GRANTED,
            Optional.of(Bytes.of(new byte[32])),
            Bytes.of(new byte[32]),
            Optional.empty());
    return new Receipt(
        new EntryNumber(5),
        entry,
        entry.encode(),
        new InclusionProof(new EntryNumber(5), new TreeSize(6), List.of()),
        new SignedCheckpoint(
            checkpoint,
            new SignedNote(
                checkpoint.text(),
                List.of(new NoteSignature("ca.example.com/daypass", 1, Opaque.of(new byte[64])))),
            SshSig.sign(CA, SignedCheckpoint.NAMESPACE, Bytes.ofUtf8(checkpoint.text()))));
  }
}
