package dev.daypass.web.api;

import dev.daypass.web.exchange.Exchange;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * How many requests may wait for news at once: each holds a connection, and some must be left for
 * those who do not wait. Who finds no place is answered as if it did not want to wait.
 */
public final class WaitingPlaces {
  private static final Duration MAX_WAIT = Duration.ofSeconds(50);

  private final Duration maxWait;
  private final Semaphore places;

  /**
   * @param deadline within which a request is answered
   */
  public WaitingPlaces(Duration deadline, int places) {
    Duration within = deadline.multipliedBy(5).dividedBy(6);
    this.maxWait = within.compareTo(MAX_WAIT) < 0 ? within : MAX_WAIT;
    this.places = new Semaphore(places);
  }

  /**
   * Waits, unless all places are taken.
   *
   * @param seconds that the asker wants to wait at most
   * @param wait returns after the time that it is given, or before
   */
  public void wait(Exchange exchange, long seconds, Consumer<Duration> wait) {
    if (!places.tryAcquire()) {
      return;
    }
    try {
      Duration patience = Duration.ofSeconds(Math.min(seconds, maxWait.toSeconds()));
      exchange.resting(() -> wait.accept(patience));
    } finally {
      places.release();
    }
  }
}
