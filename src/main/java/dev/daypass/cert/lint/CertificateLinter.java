package dev.daypass.cert.lint;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.ValidityWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a certificate before it is signed. OpenSSH is no linter: {@code ssh-keygen -L} shows, and
 * sshd accepts, certificates that mean something else than they seem to.
 *
 * <p>Each rule cites the section of draft-ietf-sshm-cert-01 (the text was PROTOCOL.certkeys until
 * 2025) or the behaviour of OpenSSH that it guards against.
 */
public final class CertificateLinter {
  private CertificateLinter() {}

  /** Every rule that the content breaks; empty if it may be signed. */
  public static List<LintFinding> lint(CertificateContent content, LintLimits limits) {
    List<LintFinding> findings = new ArrayList<>();
    KeyLint.check(content, limits, findings);
    SerialLint.check(content, limits, findings);
    KeyIdLint.check(content.keyId(), findings);
    PrincipalLint.check(content, limits, findings);
    OptionLint.check(content, findings);
    ProofLint.check(content, limits, findings);
    checkLifetime(content.window(), limits, findings);
    return List.copyOf(findings);
  }

  /** Section 2.1.1, "valid after" and "valid before": a CA that signs for long cannot take back. */
  private static void checkLifetime(
      ValidityWindow window, LintLimits limits, List<LintFinding> findings) {
    if (window.length().compareTo(limits.maxLifetime()) > 0) {
      findings.add(
          new LintFinding(
              "lifetime_too_long", window.length() + " is more than " + limits.maxLifetime()));
    }
  }
}
