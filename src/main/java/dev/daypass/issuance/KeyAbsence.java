package dev.daypass.issuance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether the CA key signs. Once it did not, one request a second finds out whether it does again:
 * each that is tried in vain leaves a grant and its failure in the ledger for good.
 *
 * <p>For any number of threads.
 */
public final class KeyAbsence {
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long BELIEVED_NANOS = Duration.ofSeconds(10).toNanos();

  private final LongSupplier nanoTime;
  private final AtomicLong triedAt = new AtomicLong();

  private volatile boolean away;

  /**
   * @param nanoTime a clock that never falls, such as {@link System#nanoTime}
   */
  public KeyAbsence(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether a request may be granted; of those that come while the key is away one a second. */
  public boolean mayTry() {
    if (!away) {
      return true;
    }
    long now = nanoTime.getAsLong();
    long last = triedAt.get();
    return now - last >= PAUSE_NANOS && triedAt.compareAndSet(last, now);
  }

  /**
   * Whether it did not sign when it was last tried, a little while ago at most: who asks nobody
   * because of this would never learn that it signs again.
   */
  public boolean isAway() {
    return away && nanoTime.getAsLong() - triedAt.get() < BELIEVED_NANOS;
  }

  /** Takes note of what became of a request that was tried. */
  public void learn(IssuanceOutcome outcome) {
    switch (outcome) {
      case IssuanceOutcome.Issued _ -> {
        if (away) {
          away = false;
        }
      }
      case IssuanceOutcome.Unavailable(_, var entry) -> {
        // Without an entry the ledger did not take it, and nothing was left there.
        if (entry.isPresent() && !away) {
          triedAt.set(nanoTime.getAsLong());
          away = true;
        }
      }
      case IssuanceOutcome.Refused _,
          IssuanceOutcome.NeedsApproval _,
          IssuanceOutcome.AlreadyGranted _,
          IssuanceOutcome.Frozen _,
          IssuanceOutcome.Unwitnessed _ -> {}
    }
  }
}
