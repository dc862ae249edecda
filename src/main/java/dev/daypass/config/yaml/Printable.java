package dev.daypass.config.yaml;

/** Text from outside made safe for a terminal: nothing in it can move the cursor or reverse it. */
public final class Printable {
  private static final int MAX_QUOTED = 80;

  private Printable() {}

  /** Escapes control, format (bidi, zero-width), private-use and unassigned characters. */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (isPlain(c)) {
            safe.appendCodePoint(c);
          } else {
            safe.append(String.format("\\u{%x}", c));
          }
        });
    return safe.toString();
  }

  /** In quotes, escaped, cut where it is long. */
  public static String quote(String text) {
    String cut =
        text.codePointCount(0, text.length()) <= MAX_QUOTED
            ? text
            : text.substring(0, text.offsetByCodePoints(0, MAX_QUOTED)) + "…";
    return '"' + escape(cut).replace("\"", "\\\"") + '"';
  }

  /** Whether a text has nothing that {@link #escape} would change. */
  public static boolean isPlain(String text) {
    return text.codePoints().allMatch(Printable::isPlain);
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
