package dev.daypass.tlog;

/** Input that a decoder of this package refuses, with the place where it first went wrong. */
public final class TlogFormatException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final int offset;

  public TlogFormatException(String reason, int offset) {
    super(reason + " at offset " + offset);
    this.reason = reason;
    this.offset = offset;
  }

  /** Offset into the decoded input: bytes for binary formats and UTF-8, characters for strings. */
  public int offset() {
    return offset;
  }

  /** The same fault, seen from a format that holds this one at {@code start}. */
  TlogFormatException within(int start) {
    TlogFormatException moved = new TlogFormatException(reason, start + offset);
    moved.addSuppressed(this);
    return moved;
  }
}
