package dev.daypass.quickstart;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateFormatException;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.verify.CertificateProofVerifier;
import dev.daypass.ledger.verify.ProofStep;
import dev.daypass.ledger.verify.ProofVerdict;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** The auditor's part: the entry behind the certificate, and its proof, checked offline. */
final class LedgerStory {
  private final Story story;
  private final Scene scene;

  LedgerStory(Story story, Scene scene) {
    this.story = story;
    this.scene = scene;
  }

  void tell() throws Exception {
    Certificate certificate = certificate();
    EntryNumber number = new EntryNumber(certificate.content().serial().bits());
    showEntry(number);
    showProof(certificate);
  }

  private void showEntry(EntryNumber number) throws LedgerUnavailable, SshFormatException {
    Ledger ledger = scene.daemon().ledger();
    Entry entry = ledger.entry(number).orElseThrow();
    story.step("Its serial, " + number + ", is the number of its entry in the ledger");
    story.say("What is public, and hashed into the tree; it names nobody:");
    story.output(entry.encode().utf8());
    story.say("What is private, and kept beside it: who, what, why, from where.");
    story.output(indented(ledger.details(number).orElseThrow()));
  }

  private void showProof(Certificate certificate) throws IOException, QuickstartFailed {
    story.step("The certificate carries its own proof, which anybody can check offline");
    CertificateProofVerifier verifier =
        new CertificateProofVerifier(
            scene.config().ledger().origin(),
            (Ed25519PublicKey) publicKey(scene.config().keys().ledger().publicHalf()),
            Set.of(publicKey(scene.config().keys().userCa().publicHalf())));
    ProofVerdict verdict = verifier.verify(certificate);
    for (ProofStep step : verdict.steps()) {
      story.check(step.passed(), step.name(), step.detail());
    }
    if (verdict instanceof ProofVerdict.NotProven) {
      throw new QuickstartFailed("The proof does not hold.", "Please report this.");
    }
  }

  private Certificate certificate() throws IOException, CertificateFormatException {
    return Certificate.parse(Files.readString(scene.certificate()).strip());
  }

  private static SshPublicKey publicKey(Path half) throws IOException {
    String[] words = Files.readString(half).strip().split(" ", 3);
    try {
      return SshPublicKey.parse(words[0] + " " + words[1]);
    } catch (SshFormatException e) {
      throw new IOException(half + ": " + e.getMessage(), e);
    }
  }

  private static String indented(Bytes json) throws SshFormatException {
    JsonMapper mapper = JsonMapper.builder().build();
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(json.utf8()));
  }
}
