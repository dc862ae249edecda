package dev.daypass;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs, in the order in which it was started; closing stops it in the reverse order. */
final class RunningParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningParts.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Duration patience;

  RunningParts() {
    this(STOP);
  }

  /**
   * @param patience how long a chore may go on that is under way when all stops
   */
  RunningParts(Duration patience) {
    this.patience = patience;
  }

  <T extends AutoCloseable> T started(T part) {
    started.push(part);
    return part;
  }

  /** Starts a chore that is done again and again, with this pause in between. */
  void every(Duration pause, Runnable chore) {
    everyUntilDone(
        pause,
        () -> {
          chore.run();
          return false;
        });
  }

  /**
   * Starts a chore that is done again and again, with this pause in between; without one as long as
   * it answers that there is more.
   */
  void everyUntilDone(Duration pause, BooleanSupplier chore) {
    ScheduledExecutorService chores =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("chores").factory());
    var _ =
        chores.scheduleWithFixedDelay(
            () -> doUntilDone(chore, chores),
            pause.toMillis(),
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
    started.push(() -> {
      // What it was writing must be written before the store closes under it; and a provider that
      // is being asked has a token for us that is given once.
      chores.shutdown();
      if (!chores.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        chores.shutdownNow();
        var _ = chores.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
      }
    });
  }

  /** What a chore throws would end it for ever, without a word. */
  private static void doUntilDone(BooleanSupplier chore, ScheduledExecutorService chores) {
    try {
      boolean more = true;
      while (more && !chores.isShutdown()) {
        more = chore.getAsBoolean();
      }
    } catch (Throwable e) {
      LOG.error("a chore failed, and is tried again", e);
    }
  }

  /** Returns when the last part has stopped. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop in order", part, e);
      }
    }
  }
}
