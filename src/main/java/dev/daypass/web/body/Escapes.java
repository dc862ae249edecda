package dev.daypass.web.body;

/** Characters that must not reach a terminal or a log as they are. */
public final class Escapes {
  private Escapes() {}

  /**
   * C0, DEL, C1, line separators, bidirectional controls, zero width, lone surrogates' range no.
   */
  public static boolean dangerous(char c) {
    return c < ' '
        || (c >= 0x7f && c <= 0x9f)
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0xfeff
        || c == 0x061c;
  }

  static String unicode(char c) {
    return "\\u%04x".formatted((int) c);
  }
}
