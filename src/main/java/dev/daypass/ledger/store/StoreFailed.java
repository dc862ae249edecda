package dev.daypass.ledger.store;

/**
 * The store failed in a way that leaves the outcome in doubt. After a write the process must end: a
 * failed sync may have lost what a later one would seem to confirm.
 */
public final class StoreFailed extends Exception {
  private static final long serialVersionUID = 1L;

  public StoreFailed(String detail) {
    super(detail);
  }

  public StoreFailed(String detail, Throwable cause) {
    super(detail, cause);
  }
}
