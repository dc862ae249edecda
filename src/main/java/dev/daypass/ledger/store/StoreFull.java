package dev.daypass.ledger.store;

/** There was no space, and the store has rolled back: it is as it was before. */
public final class StoreFull extends Exception {
  private static final long serialVersionUID = 1L;

  public StoreFull(String detail, Throwable cause) {
    super(detail, cause);
  }
}
