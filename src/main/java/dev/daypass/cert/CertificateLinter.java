package dev.daypass.cert;

import java.util.List;

/** Checks a certificate before it is signed. */
@SuppressWarnings("DoNotCallSuggester")
public final class CertificateLinter {
  private CertificateLinter() {}

  /** Every rule that the content breaks; empty if it may be signed. */
  public static List<LintFinding> lint(CertificateContent content, LintLimits limits) {
    throw new UnsupportedOperationException();
  }
}
