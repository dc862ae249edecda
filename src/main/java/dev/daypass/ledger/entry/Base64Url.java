package dev.daypass.ledger.entry;

import dev.daypass.ssh.Bytes;
import java.util.Base64;

/** Base64url without padding, as hashes stand in entries (RFC 4648, section 5). */
final class Base64Url {
  private Base64Url() {}

  /**
   * @throws IllegalArgumentException if the text is not the one canonical form
   */
  static Bytes decode(String text) {
    Bytes bytes = Bytes.of(Base64.getUrlDecoder().decode(text));
    // java.util.Base64 overlooks padding and left-over bits; neither is canonical.
    if (!bytes.base64Url().equals(text)) {
      throw new IllegalArgumentException("not canonical base64url");
    }
    return bytes;
  }
}
