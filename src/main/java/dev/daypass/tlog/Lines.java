package dev.daypass.tlog;

/** Reads text whose every line ends with LF, remembering where each line began. */
final class Lines {
  private final String text;
  private int next;
  private int start;

  Lines(String text) {
    this.text = text;
  }

  /** The next line without its LF. */
  String line() throws TlogFormatException {
    start = next;
    int end = text.indexOf('\n', next);
    if (end < 0) {
      throw new TlogFormatException(atEnd() ? "missing line" : "line without a newline", start);
    }
    next = end + 1;
    return text.substring(start, end);
  }

  /** Where the line returned last began. */
  int start() {
    return start;
  }

  /** Where the line to be returned next begins. */
  int offset() {
    return next;
  }

  boolean atEnd() {
    return next == text.length();
  }

  /** All that was not read yet. */
  String rest() {
    return text.substring(next);
  }
}
