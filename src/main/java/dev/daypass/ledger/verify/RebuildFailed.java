package dev.daypass.ledger.verify;

/** The details of an entry do not say which certificate it granted. */
public final class RebuildFailed extends Exception {
  private static final long serialVersionUID = 1L;

  public RebuildFailed(String message) {
    super(message);
  }

  public RebuildFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
