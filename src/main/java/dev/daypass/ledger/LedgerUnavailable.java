package dev.daypass.ledger;

/**
 * Nothing was promised: the entry may or may not be in the ledger, and no receipt for it was given
 * out. {@code web} answers 503.
 */
public final class LedgerUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  private final StopCause stopCause;

  public LedgerUnavailable(StopCause stopCause, String detail) {
    super(detail);
    this.stopCause = stopCause;
  }

  public LedgerUnavailable(StopCause stopCause, String detail, Throwable cause) {
    super(detail, cause);
    this.stopCause = stopCause;
  }

  public StopCause stopCause() {
    return stopCause;
  }
}
