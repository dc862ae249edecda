package dev.daypass.ledger;

/** A copy from which the lost entries cannot be taken. Nothing was written. */
public final class RecoveryRefused extends Exception {
  private static final long serialVersionUID = 1L;

  RecoveryRefused(String what) {
    super(what);
  }
}
