package dev.daypass.oidc.jose;

import java.util.Arrays;
import java.util.Base64;

/**
 * Unpadded base64url in its one canonical form (RFC 7515 section 2, RFC 4648 section 3.5): no other
 * text decodes to the same bytes, so a token cannot be rewritten without its signature breaking.
 */
final class Base64UrlText {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final byte[] VALUES = values();

  private Base64UrlText() {}

  /** Decodes {@code text} from {@code from} to {@code to}; an empty part is a fault. */
  static byte[] decode(String text, int from, int to) throws JoseFormatException {
    if (from == to) {
      throw new JoseFormatException("a part is empty", from);
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= VALUES.length || VALUES[c] < 0) {
        throw new JoseFormatException("not base64url", i);
      }
    }
    int unusedBits =
        switch ((to - from) % 4) {
          case 0 -> 0;
          case 2 -> 0b1111;
          case 3 -> 0b11;
          default -> throw new JoseFormatException("no base64url of this length", to);
        };
    if ((VALUES[text.charAt(to - 1)] & unusedBits) != 0) {
      throw new JoseFormatException("base64url that is not canonical", to - 1);
    }
    return Base64.getUrlDecoder().decode(text.substring(from, to));
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }
}
