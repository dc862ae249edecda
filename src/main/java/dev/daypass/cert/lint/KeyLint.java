package dev.daypass.cert.lint;

import dev.daypass.cert.CertificateContent;
import dev.daypass.ssh.RsaPublicKey;
import java.util.List;

/** Rules about the keys and the nonce. */
final class KeyLint {
  private static final int NONCE_BYTES = 32;

  private KeyLint() {}

  static void check(CertificateContent content, LintLimits limits, List<LintFinding> findings) {
    // Section 2.1.1, "nonce": against collisions in the signed hash. OpenSSH uses 32 bytes
    // (sshkey_certify_custom), and accepts none at all.
    if (content.nonce().size() != NONCE_BYTES) {
      findings.add(new LintFinding("nonce_size", content.nonce().size() + " bytes, not 32"));
    }
    // A CA that certifies itself, or its like, lets one certificate outlive a CA's retirement.
    if (content.publicKey().blob().equals(content.caKey().blob())) {
      findings.add(new LintFinding("key_is_ca_key", "the certified key is the CA key"));
    }
    // RFC 8270 section 4 and OpenSSH's RequiredRSASize.
    if (content.publicKey() instanceof RsaPublicKey rsa && rsa.bits() < limits.minRsaBits()) {
      findings.add(
          new LintFinding(
              "rsa_too_short", rsa.bits() + " bits are fewer than " + limits.minRsaBits()));
    }
  }
}
