package dev.daypass.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves when a test says so. */
public final class TestClock implements InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T08:00:00.250Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves the clock, back if the duration is negative. */
  public void advance(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  /** Seconds since the epoch, as a token has them, so many seconds from now. */
  public long secondsFromNow(long offset) {
    return now.get().getEpochSecond() + offset;
  }
}
