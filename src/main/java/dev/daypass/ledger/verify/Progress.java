package dev.daypass.ledger.verify;

/** Hears how far a verification is; on the verifying thread. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (_, _) -> {};

  void reached(long entries, long of);
}
