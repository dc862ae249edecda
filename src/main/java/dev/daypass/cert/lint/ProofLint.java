package dev.daypass.cert.lint;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.LedgerProofExtension;
import dev.daypass.ssh.Bytes;
import java.util.List;
import java.util.Optional;

/** Rules about the ledger proof. Whether it proves anything, its verifier says. */
final class ProofLint {
  private ProofLint() {}

  static void check(CertificateContent content, LintLimits limits, List<LintFinding> findings) {
    boolean present = content.extensions().contains(LedgerProofExtension.NAME);
    boolean wanted = limits.stage() == LintStage.COMPLETE && content.type() == CertificateType.USER;
    if (present && limits.stage() == LintStage.DRAFT) {
      findings.add(new LintFinding("proof_early", "the entry does not exist yet"));
    } else if (wanted && !present) {
      findings.add(new LintFinding("proof_missing", "servers in proof mode would refuse"));
    } else if (wanted) {
      checkText(content.proof(), findings);
    }
  }

  private static void checkText(Optional<Bytes> proof, List<LintFinding> findings) {
    if (proof.filter(text -> !text.isEmpty()).isEmpty()) {
      findings.add(new LintFinding("proof_malformed", "the extension wraps no text"));
    } else if (proof.get().size() > LedgerProofExtension.MAX_BYTES) {
      findings.add(new LintFinding("proof_too_long", "more than 8 KiB"));
    }
  }
}
