package dev.daypass.tlog;

/**
 * A tree head as its ledger publishes it: the text of a C2SP tlog-checkpoint. Extension lines,
 * which the document does not recommend, are refused.
 */
public record Checkpoint(String origin, TreeSize size, Hash root) {
  public Checkpoint {
    if (!isOrigin(origin)) {
      throw new IllegalArgumentException("an origin is one non-empty line of text");
    }
  }

  /** C2SP tlog-checkpoint, section Note text: three lines, each with its LF, and nothing else. */
  public static Checkpoint parse(String text) throws TlogFormatException {
    StrictText.requireNoteCharacters(text);
    Lines lines = new Lines(text);
    String origin = lines.line();
    if (origin.isEmpty()) {
      throw new TlogFormatException("empty origin", lines.start());
    }
    TreeSize size = new TreeSize(StrictText.decimal(lines.line(), lines.start()));
    Hash root = Hash.parse(lines.line(), lines.start());
    if (!lines.atEnd()) {
      throw new TlogFormatException("text after the root hash", lines.offset());
    }
    return new Checkpoint(origin, size, root);
  }

  /** The note text that is signed. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  private static boolean isOrigin(String origin) {
    try {
      StrictText.requireNoteCharacters(origin);
    } catch (TlogFormatException _) {
      return false;
    }
    return !origin.isEmpty() && origin.indexOf('\n') < 0;
  }
}
