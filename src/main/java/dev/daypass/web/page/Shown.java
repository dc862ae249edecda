package dev.daypass.web.page;

import dev.daypass.web.body.Escapes;

/** Text of strangers as a page may show it: nothing invisible, nothing that turns its reader. */
public final class Shown {
  private static final int MAX_CHARACTERS = 256;

  private Shown() {}

  /** Dangerous characters become visible escapes; what is too long ends in an ellipsis. */
  public static String harmless(String text) {
    return harmless(text, MAX_CHARACTERS);
  }

  /** The same of a text that may be longer. */
  public static String harmless(String text, int most) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (shown.length() > most) {
        return shown.append('…').toString();
      }
      if (invisible(c)) {
        shown.append("\\u{").append(Integer.toHexString(c)).append('}');
      } else {
        shown.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return shown.toString();
  }

  private static boolean invisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> Escapes.dangerous((char) c) && c < Character.MIN_SUPPLEMENTARY_CODE_POINT;
    };
  }
}
