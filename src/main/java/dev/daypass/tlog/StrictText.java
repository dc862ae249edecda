package dev.daypass.tlog;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The words that the text formats share, each with exactly one accepted spelling. */
final class StrictText {
  private static final int MAX_DECIMAL_DIGITS = 19;

  private StrictText() {}

  /** Standard base64 with padding (RFC 4648 section 4); only the spelling that an encoder makes. */
  static byte[] base64(String text, int offset) throws TlogFormatException {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw new TlogFormatException("invalid base64", offset);
    }
    // The JDK's decoder takes missing padding and non-zero bits after the last byte.
    if (!Base64.getEncoder().encodeToString(decoded).equals(text)) {
      throw new TlogFormatException("base64 is not canonical", offset);
    }
    return decoded;
  }

  /** An ASCII decimal without leading zeroes, below 2^63. */
  static long decimal(String text, int offset) throws TlogFormatException {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw new TlogFormatException("not a decimal number", offset);
    }
    if (text.length() > 1 && text.charAt(0) == '0') {
      throw new TlogFormatException("number with a leading zero", offset);
    }
    if (text.length() > MAX_DECIMAL_DIGITS) {
      throw new TlogFormatException("number out of range", offset);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new TlogFormatException("number out of range", offset);
    }
  }

  /** Well-formed UTF-8: no overlong forms, no surrogates, nothing replaced. */
  static String utf8(byte[] bytes) throws TlogFormatException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      throw new TlogFormatException("invalid UTF-8", in.position());
    }
    return out.flip().toString();
  }

  /**
   * C2SP signed-note, section Format: Unicode text whose only control character below U+0020 is LF.
   */
  static void requireNoteCharacters(String text) throws TlogFormatException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 && c != '\n') {
        throw new TlogFormatException("control character", i);
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new TlogFormatException("half of a surrogate pair", i);
      }
    }
  }

  /** C2SP signed-note, section Format: key names are non-empty, without Unicode spaces and plus. */
  static boolean isKeyName(String name) {
    return !name.isEmpty()
        && name.codePoints().noneMatch(c -> c == '+' || c < 0x20 || isUnicodeSpace(c));
  }

  // White_Space of the Unicode character database: Java's two notions of a space, and U+0085.
  private static boolean isUnicodeSpace(int c) {
    return Character.isSpaceChar(c) || Character.isWhitespace(c) || c == 0x85;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] concat(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
