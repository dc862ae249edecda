package dev.daypass.cert;

import dev.daypass.cert.lint.CertificateLinter;
import dev.daypass.cert.lint.LintLimits;
import dev.daypass.ssh.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What must hold of the certificate decoder for any input whatever. */
final class CertificateDecoders {
  private static final LintLimits LIMITS = LintLimits.complete(Duration.ofHours(1));

  private CertificateDecoders() {}

  /** Whether the input decodes and its signature is good. What decodes is the one encoding. */
  static boolean accepts(byte[] input) {
    Bytes blob = Bytes.of(input);
    try {
      Certificate certificate = Certificate.decode(blob);
      if (!certificate.encode().equals(blob)) {
        throw new AssertionError("two encodings of one certificate");
      }
      CertificateLinter.lint(certificate.content(), LIMITS);
      return certificate.signatureVerifies();
    } catch (CertificateFormatException e) {
      if (e.offset() < 0 || e.offset() > Math.max(blob.size(), 64 * 1024)) {
        throw new AssertionError("offset outside the input", e);
      }
      return false;
    }
  }

  static void line(byte[] input) {
    try {
      Certificate.parse(new String(input, StandardCharsets.ISO_8859_1));
    } catch (CertificateFormatException _) {
      // Refused, as it may be.
    }
  }
}
