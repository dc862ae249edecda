package dev.daypass.policy;

/**
 * Text that may be shown on a terminal and written into a certificate or an entry: well-formed
 * Unicode without control, format (bidirectional, zero-width) or line separator characters.
 */
public final class PlainText {

  private PlainText() {}

  /** Whether the text is plain, not blank, and at most this many UTF-16 units long. */
  public static boolean fits(String text, int maxLength) {
    return !text.isBlank()
        && text.length() <= maxLength
        && text.codePoints().allMatch(PlainText::isPlain);
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
