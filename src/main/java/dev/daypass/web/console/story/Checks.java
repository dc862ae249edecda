package dev.daypass.web.console.story;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.Serial;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TlogProof;
import dev.daypass.web.console.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks an entry while somebody looks at it, and says in words what each check means (DESIGN
 * section 6; C2SP tlog-proof, section Verifying). Who does not trust the daemon does the same with
 * the proof that the page shows, elsewhere.
 */
public final class Checks {
  private Checks() {}

  /**
   * The steps, in the order from what is read to what is signed.
   *
   * @param certificate as it was made again from the details; empty for what grants none
   */
  public static Section.Steps of(
      ReadEntry read,
      Optional<String> proof,
      Optional<CertificateContent> certificate,
      NoteKey ledgerKey) {
    List<Section.Step> steps = new ArrayList<>();
    details(read).ifPresent(steps::add);
    if (read.details().isPresent() && read.entry().kind().commitsToCertificate()) {
      steps.add(certificate(read, certificate));
    }
    steps.addAll(inclusion(read, proof, ledgerKey));
    return new Section.Steps("Checked just now", steps);
  }

  private static Optional<Section.Step> details(ReadEntry read) {
    Optional<Bytes> bytes = read.stored().details();
    return bytes.map(details ->
        new Section.Step(
            details.sha256().equals(read.entry().detailsHash()),
            "These details are the ones that were written: their hash stands in the entry."));
  }

  private static Section.Step certificate(ReadEntry read, Optional<CertificateContent> made) {
    Optional<Bytes> commitment =
        made.map(content -> content.withSerial(new Serial(read.number().value())).commitment());
    return new Section.Step(
        commitment.isPresent() && commitment.equals(read.entry().commitSsh()),
        "The certificate, made again from these details under this entry's number as its serial,"
            + " has the hash that the entry commits to.");
  }

  private static List<Section.Step> inclusion(
      ReadEntry read, Optional<String> text, NoteKey ledgerKey) {
    Optional<TlogProof> proof = text.flatMap(Checks::parsed);
    if (proof.isEmpty()) {
      return List.of(
          new Section.Step(false, "No checkpoint is signed under which it could be proved."));
    }
    Checkpoint tree = proof.get().tree();
    boolean included =
        proof.get().index().equals(read.number())
            && proof.get().inclusion().verifies(read.entry().leafHash(), tree.root());
    boolean signed =
        tree.origin().equals(ledgerKey.name()) && ledgerKey.verifies(proof.get().checkpoint());
    return List.of(
        new Section.Step(
            included,
            "The entry stands in the ledger at its number: "
                + proof.get().path().size()
                + " hashes lead from it to the head of the tree of "
                + "%,d entries.".formatted(tree.size().value())),
        new Section.Step(
            signed, "That head was signed by the ledger key for " + tree.origin() + "."));
  }

  private static Optional<TlogProof> parsed(String text) {
    try {
      return Optional.of(TlogProof.parse(text));
    } catch (TlogFormatException _) {
      return Optional.empty();
    }
  }
}
