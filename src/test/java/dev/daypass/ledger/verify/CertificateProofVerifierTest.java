package dev.daypass.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.LedgerProofExtension;
import dev.daypass.cert.Serial;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.tlog.Opaque;
import dev.daypass.tlog.TlogProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The CA key of these tests is in the hands of an attacker, who signs whatever is wanted: what is
 * refused here is refused because of the proof.
 */
final class CertificateProofVerifierTest {
  private TestLedger test;
  private CertificateContent content;
  private CertificateProofVerifier verifier;
  private Certificate good;

  @BeforeEach
  void grant() throws Exception {
    test = TestLedger.over(new InMemoryLedgerStore());
    for (int i = 0; i < 9; i++) {
      test.append(TestLedger.started());
    }
    Draft draft = test.granting("alice");
    Receipt receipt = test.append(draft);
    good = test.issue(draft, receipt);
    content = good.content();
    verifier = verifier(TestLedger.ORIGIN, test.ledgerKey());
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void provesWhatWasGranted() throws Exception {
    assertThat(verifier.verify(Certificate.decode(good.encode())))
        .isInstanceOfSatisfying(
            ProofVerdict.Proven.class,
            proven -> {
              assertThat(proven.number().value()).isEqualTo(10);
              assertThat(proven.steps())
                  .extracting(ProofStep::name)
                  .containsExactly(
                      "certificate",
                      "proof extension",
                      "number",
                      "entry",
                      "commitment",
                      "inclusion",
                      "checkpoint",
                      "SSH signature");
              assertThat(proven.steps()).allMatch(ProofStep::passed);
            });
  }

  @Test
  void refusesAnUntrustedCaKey() {
    SshPublicKey other = OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
    CertificateProofVerifier strict =
        new CertificateProofVerifier(TestLedger.ORIGIN, test.ledgerKey(), Set.of(other));
    assertThat(failure(strict.verify(good))).isEqualTo("certificate");
  }

  @Test
  void refusesAWrongSignatureOfTheCa() {
    Certificate changed = new Certificate(content.withSerial(new Serial(11)), good.signature());
    assertThat(failure(verifier.verify(changed))).isEqualTo("certificate");
  }

  @Test
  void refusesACertificateWithoutProof() throws Exception {
    assertThat(failure(content.withoutProof())).isEqualTo("proof extension");
  }

  @Test
  void refusesAProofThatIsNotWrappedExactly() throws Exception {
    Bytes wrapped = content.extensions().value(LedgerProofExtension.NAME).orElseThrow();
    List<Bytes> wrong =
        List.of(
            wrapped.concat(Bytes.of(new byte[1])), wrapped.slice(4, wrapped.size()), Bytes.EMPTY);
    for (Bytes data : wrong) {
      assertThat(failure(withData(data))).isEqualTo("proof extension");
    }
  }

  @Test
  void refusesAProofLargerThan8KiB() throws Exception {
    String text = content.proof().orElseThrow().utf8();
    Bytes longer = Bytes.ofUtf8(text + "\u2014 witness " + "A".repeat(9000) + "\n");
    assertThat(failure(content.withoutProof().withProof(longer))).isEqualTo("proof extension");
  }

  @Test
  void refusesTheProofOfAnotherCertificate() throws Exception {
    Bytes proofOfBob = test.append(test.granting("bob")).proofText();
    CertificateContent bare = content.withoutProof();
    assertThat(failure(bare.withProof(proofOfBob))).isEqualTo("number");
    assertThat(failure(bare.withSerial(new Serial(11)).withProof(proofOfBob)))
        .isEqualTo("commitment");
  }

  @Test
  void refusesAChangedCertificate() throws Exception {
    assertThat(failure(changed(new KeyId("root role=everything"), content.extensions())))
        .isEqualTo("commitment");
    assertThat(failure(changed(content.keyId(), content.extensions().flag("permit-user-rc"))))
        .isEqualTo("commitment");
  }

  @Test
  void refusesAnEntryOfAnotherKind() throws Exception {
    for (String kind : List.of("login.opened", "host-certificate.granted", "certificate.failed")) {
      assertThat(failure(withEntry(entry -> entry.replace("certificate.granted", kind))))
          .isEqualTo("entry");
    }
  }

  @Test
  void refusesAChangedEntry() throws Exception {
    assertThat(failure(withEntry(entry -> entry.replace("2026", "2027")))).isEqualTo("inclusion");
    assertThat(failure(withEntry(entry -> entry + " "))).isEqualTo("entry");
    assertThat(failure(withEntry(entry -> entry.replace("\"v\":1", "\"v\":2")))).isEqualTo("entry");
  }

  @Test
  void refusesAnExtraOfMoreOrLessThanTwoLines() throws Exception {
    Bytes extra = Bytes.of(proof().extra().orElseThrow().toArray());
    assertThat(failure(withExtra(extra.concat(Bytes.ofUtf8("x\n"))))).isEqualTo("entry");
    assertThat(failure(withExtra(extra.slice(0, extra.size() - 1)))).isEqualTo("entry");
  }

  @Test
  void refusesAnotherOriginOrLedgerKey() {
    assertThat(failure(verifier("other.example.com/daypass", test.ledgerKey()).verify(good)))
        .isEqualTo("checkpoint");
    Ed25519PublicKey other =
        (Ed25519PublicKey) OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
    assertThat(failure(verifier(TestLedger.ORIGIN, other).verify(good))).isEqualTo("checkpoint");
  }

  @Test
  void refusesAnSshSignatureByAnotherKeyOrInAnotherNamespace() throws Exception {
    Bytes note = Bytes.ofUtf8(proof().checkpoint().text());
    List<SshSig> forgeries =
        List.of(
            SshSig.sign(
                OpenSshPrivateKey.generate(SshKeyType.ED25519), "checkpoint@daypass.dev", note),
            SshSig.sign(test.ledgerSigner(), "krl@daypass.dev", note),
            SshSig.sign(test.ledgerSigner(), "checkpoint@daypass.dev", Bytes.EMPTY));
    for (SshSig forgery : forgeries) {
      assertThat(failure(withSignature(forgery))).isEqualTo("SSH signature");
    }
  }

  @Test
  void refusesEachSingleChangedBitOfTheProof() throws Exception {
    byte[] proof = content.proof().orElseThrow().toArray();
    Random random = new Random(42);
    List<Integer> accepted = new ArrayList<>();
    for (int i = 0; i < proof.length; i++) {
      byte[] changed = proof.clone();
      changed[i] ^= (byte) (1 << random.nextInt(7));
      CertificateContent forged = content.withoutProof().withProof(Bytes.of(changed));
      if (verifier.verify(signed(forged)) instanceof ProofVerdict.Proven) {
        accepted.add(i);
      }
    }
    assertThat(accepted).isEmpty();
  }

  private String failure(CertificateContent forged) throws Exception {
    return failure(verifier.verify(signed(forged)));
  }

  private static String failure(ProofVerdict verdict) {
    return switch (verdict) {
      case ProofVerdict.NotProven broken -> broken.failure().name();
      case ProofVerdict.Proven _ -> throw new AssertionError("proven");
    };
  }

  private Certificate signed(CertificateContent forged) throws Exception {
    return new Certificate(forged, test.userCa().sign(forged.toBeSigned()));
  }

  private CertificateProofVerifier verifier(String origin, Ed25519PublicKey ledgerKey) {
    return new CertificateProofVerifier(origin, ledgerKey, Set.of(content.caKey()));
  }

  private CertificateContent changed(KeyId keyId, CertificateOptions extensions) {
    return new CertificateContent(
        content.type(),
        content.nonce(),
        content.publicKey(),
        content.serial(),
        keyId,
        content.principals(),
        content.window(),
        content.criticalOptions(),
        extensions,
        content.caKey());
  }

  private CertificateContent withData(Bytes data) {
    CertificateOptions others = content.withoutProof().extensions();
    return changed(content.keyId(), others.data(LedgerProofExtension.NAME, data));
  }

  private TlogProof proof() throws Exception {
    return TlogProof.decode(content.proof().orElseThrow().toArray());
  }

  private CertificateContent withEntry(UnaryOperator<String> change) throws Exception {
    String[] lines = extraLines();
    return withExtra(Bytes.ofUtf8(change.apply(lines[0]) + "\n" + lines[1] + "\n"));
  }

  private CertificateContent withSignature(SshSig signature) throws Exception {
    return withExtra(Bytes.ofUtf8(extraLines()[0] + "\n" + signature.encode().base64() + "\n"));
  }

  private String[] extraLines() throws Exception {
    return Bytes.of(proof().extra().orElseThrow().toArray()).utf8().split("\n", -1);
  }

  private CertificateContent withExtra(Bytes extra) throws Exception {
    TlogProof proof = proof();
    TlogProof forged =
        new TlogProof(
            proof.index(),
            proof.path(),
            proof.checkpoint(),
            Optional.of(Opaque.of(extra.toArray())));
    return content.withoutProof().withProof(Bytes.ofUtf8(forged.encode()));
  }
}
