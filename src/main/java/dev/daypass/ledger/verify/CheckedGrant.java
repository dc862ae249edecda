package dev.daypass.ledger.verify;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.Serial;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a grant says by what was written before it: the certificate that it commits to, and the
 * policy in force. Grants can be checked in parallel once their elders are known.
 */
record CheckedGrant(boolean rebuilt, boolean judged, List<LedgerFault> faults) {
  private static final CheckedGrant NONE = new CheckedGrant(false, false, List.of());

  static CheckedGrant of(CheckedEntry checked, CertificateRebuild rebuild, GrantReview review) {
    if (!checked.isGrant()) {
      return NONE;
    }
    Entry entry = checked.entry().orElseThrow();
    JsonObject details = checked.details().orElseThrow();
    List<LedgerFault> faults = new ArrayList<>(0);
    Optional<CertificateContent> content = Optional.empty();
    try {
      content = rebuild.content(entry.kind(), details);
    } catch (RebuildFailed e) {
      fault(checked, "its certificate cannot be made again: " + e.getMessage(), faults);
    }
    // The serial is the entry number (DESIGN, section 1): no other one gives the same hash.
    Optional<Bytes> commitment =
        content.map(made -> made.withSerial(new Serial(checked.number())).commitment());
    boolean same = commitment.isPresent() && commitment.equals(entry.commitSsh());
    if (commitment.isPresent() && !same) {
      fault(checked, "it commits to another certificate, or another serial", faults);
    }
    Optional<GrantReview.Verdict> verdict =
        content.map(made -> review.judge(checked.number(), entry.at(), made, details));
    verdict
        .flatMap(GrantReview.Verdict::objection)
        .ifPresent(objection -> fault(checked, objection, faults));
    return new CheckedGrant(same, verdict.filter(GrantReview.Verdict::judged).isPresent(), faults);
  }

  private static void fault(CheckedEntry checked, String problem, List<LedgerFault> faults) {
    faults.add(LedgerFault.of(checked.number(), problem));
  }
}
