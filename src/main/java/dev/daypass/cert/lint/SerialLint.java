package dev.daypass.cert.lint;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.Serial;
import java.util.List;

/** Rules about the serial. */
final class SerialLint {
  private SerialLint() {}

  static void check(CertificateContent content, LintLimits limits, List<LintFinding> findings) {
    boolean assigned = !content.serial().equals(Serial.UNASSIGNED);
    switch (limits.stage()) {
      case DRAFT -> {
        if (assigned) {
          findings.add(new LintFinding("serial_early", "only the ledger gives the serial"));
        }
      }
      // Section 2.1.1, "serial": zero means none. PROTOCOL.krl cannot revoke serial 0, and a KRL
      // that tries locks everybody out (krl.c, revoke_by_serial).
      case COMPLETE -> {
        if (!assigned) {
          findings.add(new LintFinding("serial_zero", "serial 0 can never be revoked"));
        }
      }
    }
  }
}
