package dev.daypass.signer;

import dev.daypass.signer.SignerRefused.Reason;
import java.util.function.LongSupplier;

/**
 * So many signatures of one key a minute: what is not used is saved, up to a minute's worth. For
 * any number of threads.
 */
final class SignatureBudget {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final int aMinute;
  private final LongSupplier nanoTime;

  /** Guarded by this: what may be signed now, in parts of a signature. */
  private double saved;

  /** Guarded by this. */
  private long countedAt;

  SignatureBudget(int aMinute, LongSupplier nanoTime) {
    this.aMinute = aMinute;
    this.nanoTime = nanoTime;
    this.saved = aMinute;
    this.countedAt = nanoTime.getAsLong();
  }

  /** Takes one signature out of the budget. */
  void spend() throws SignerRefused {
    if (aMinute != Integer.MAX_VALUE && !spent()) {
      throw new SignerRefused(Reason.TOO_MANY, "more than " + aMinute + " a minute");
    }
  }

  private synchronized boolean spent() {
    long now = nanoTime.getAsLong();
    saved = Math.min(aMinute, saved + (double) (now - countedAt) * aMinute / MINUTE_NANOS);
    countedAt = now;
    if (saved < 1) {
      return false;
    }
    saved--;
    return true;
  }
}
