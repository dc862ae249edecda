package dev.daypass.ssh;

/** What is UTF-8 (RFC 3629 section 3), found out without a copy: most of what we read is ASCII. */
final class Utf8 {
  private static final int FIRST_OF_TWO_BYTES = 0x80;
  private static final int FIRST_OF_THREE_BYTES = 0x800;
  private static final int FIRST_OF_FOUR_BYTES = 0x10000;

  private Utf8() {}

  /** Whether a text has a form in UTF-8, which a lone surrogate has not. */
  static boolean hasForm(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether the bytes are the form of a text: no overlong form, no surrogate, none cut off. */
  static boolean isValid(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      if (bytes[i] >= 0) {
        i++;
      } else {
        int length = sequence(bytes, i);
        if (length == 0) {
          return false;
        }
        i += length;
      }
    }
    return true;
  }

  /** How many bytes the character that is not ASCII takes; 0 if there is no character. */
  private static int sequence(byte[] bytes, int start) {
    int lead = bytes[start] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    int point = lead & (0x7f >> length);
    if (lead < 0xc0 || lead >= 0xf8 || start + length > bytes.length) {
      return 0;
    }
    for (int i = start + 1; i < start + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return 0;
      }
      point = point << 6 | (bytes[i] & 0x3f);
    }
    return isShortest(point, length) ? length : 0;
  }

  private static boolean isShortest(int point, int length) {
    return switch (length) {
      case 2 -> point >= FIRST_OF_TWO_BYTES;
      case 3 -> point >= FIRST_OF_THREE_BYTES && (point < 0xd800 || point > 0xdfff);
      default -> point >= FIRST_OF_FOUR_BYTES && point <= Character.MAX_CODE_POINT;
    };
  }
}
