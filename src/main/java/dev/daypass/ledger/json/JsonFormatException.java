package dev.daypass.ledger.json;

/** Bytes that are not canonical JSON of the ledger's subset. */
public final class JsonFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  public JsonFormatException(String problem, int offset) {
    super(problem + " at offset " + offset);
    this.offset = offset;
  }

  /** Where reading stopped, in bytes (for problems found before decoding) or in UTF-16 units. */
  public int offset() {
    return offset;
  }
}
