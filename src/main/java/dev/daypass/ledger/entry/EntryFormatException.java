package dev.daypass.ledger.entry;

/** Bytes that are not an entry of format 1. */
public final class EntryFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  public EntryFormatException(String problem) {
    super(problem);
  }

  public EntryFormatException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
