package dev.daypass.ledger.count;

import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.TreeSize;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what each day brought, in the background. {@link #advance} is called again and again by
 * one thread; it leaves the processor alone while the ledger grows fast, and does not write for a
 * few entries: whoever looks counts these.
 */
public final class DayCounting {
  /** From so many entries on, counting is worth a write. */
  static final int WORTH = 1000;

  /** So many at once: what a writer of the ledger waits for stays below a millisecond. */
  static final int CHUNK = 4000;

  /** And so many times in one go, so that a daemon which stops need not wait. */
  static final int CHUNKS = 30;

  /** Grown by more than that since the last time: others need the processor now. */
  static final int FAST = 2000;

  /** But so many times at most in a row. */
  static final int PATIENCE = 60;

  private static final Logger LOG = LoggerFactory.getLogger(DayCounting.class);

  private final CountStore store;
  private final Supplier<TreeSize> signed;
  private final InstantSource clock;

  /** The ledger's size at the last advance; the advancing thread's, as the next. */
  private long then;

  private int waited;

  public DayCounting(CountStore store, Supplier<TreeSize> signed, InstantSource clock) {
    this.store = store;
    this.signed = signed;
    this.clock = clock;
  }

  /** Catches up with the ledger, or some of the way. */
  public void advance() {
    long size = signed.get().value();
    boolean fast = then > 0 && size - then > FAST;
    then = size;
    if (fast && ++waited < PATIENCE) {
      return;
    }
    waited = 0;
    try {
      for (int chunk = 0; chunk < CHUNKS && !Thread.currentThread().isInterrupted(); chunk++) {
        long counted = store.counted();
        if (size - counted < WORTH) {
          return;
        }
        store.count(Math.min(size, counted + CHUNK));
      }
    } catch (StoreFailed | RuntimeException e) {
      LOG.warn("the days are counted later: {}", e.getMessage());
    }
  }

  /** What the last days brought, today included. */
  public Counts last(int days) throws StoreFailed {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return store.of(today.minusDays(days - 1L), today, signed.get().value(), WORTH);
  }
}
