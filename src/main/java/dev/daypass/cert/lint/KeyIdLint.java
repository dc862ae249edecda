package dev.daypass.cert.lint;

import dev.daypass.cert.KeyId;
import java.util.List;

/** Rules about the key ID. */
final class KeyIdLint {
  private static final int MAX_BYTES = 256;

  private KeyIdLint() {}

  static void check(KeyId keyId, List<LintFinding> findings) {
    // Section 2.1.1, "key id": identifies the certificate in the logs, which an empty one does not.
    if (keyId.text().isEmpty()) {
      findings.add(new LintFinding("key_id_empty", "the key ID names nobody"));
    }
    // sshd writes it raw with "Accepted certificate ID" (auth2-pubkey.c): a newline forges a line
    // of its log, and a NUL at the end is dropped silently (sshbuf_get_cstring).
    if (!keyId.text().chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      findings.add(new LintFinding("key_id_characters", "only printable ASCII"));
      return;
    }
    if (keyId.text().length() > MAX_BYTES) {
      findings.add(new LintFinding("key_id_too_long", "more than 256 bytes"));
    }
  }
}
