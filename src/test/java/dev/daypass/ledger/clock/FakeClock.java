package dev.daypass.ledger.clock;

import java.time.Duration;
import java.time.Instant;

/** Clocks that stand still until a test moves them. */
public final class FakeClock implements ClockSource {
  private volatile Instant now = Instant.parse("2026-11-21T01:13:00.123456Z");
  private volatile Duration sinceBoot = Duration.ofHours(5);
  private volatile boolean synchronised = true;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Duration sinceBoot() {
    return sinceBoot;
  }

  @Override
  public boolean synchronised() {
    return synchronised;
  }

  /** Time passes. */
  public void pass(Duration time) {
    now = now.plus(time);
    sinceBoot = sinceBoot.plus(time);
  }

  /** Somebody sets the wall clock. */
  public void jump(Duration distance) {
    now = now.plus(distance);
  }

  /** What adjtimex says from now on. */
  public void synchronised(boolean state) {
    synchronised = state;
  }
}
