package dev.daypass.ledger.clock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Watches the wall clock against the boot clock (DESIGN, section 6, "Clock"): a jump of more than 5
 * s back or 300 s forward, or a wall clock more than 5 s behind the newest entry, makes it bad.
 *
 * <p>It is good again when the kernel has said "synchronised", and the wall clock was not behind
 * the newest entry, for 10 s; or when an operator vouches for it. It must be looked at every second
 * or so. For one thread only: the sequencer's.
 */
public final class ClockGuard {
  /** How far back the wall clock may jump, and how far behind the newest entry it may be. */
  public static final Duration BACK = Duration.ofSeconds(5);

  /** How far forward the wall clock may jump. */
  public static final Duration FORWARD = Duration.ofMinutes(5);

  private static final Duration RECOVERY = Duration.ofSeconds(10);

  /** Two readings further apart than this say nothing about a jump: the process was stopped. */
  private static final Duration STEADY = Duration.ofMillis(200);

  private static final int TRIES = 5;

  private final ClockSource source;

  /** The wall clock's reading at boot, as it was when the clock was last believed. */
  private Instant anchor;

  private boolean good = true;

  /** Whether an operator vouched for a wall clock that is behind the newest entry. */
  private boolean vouchedBehind;

  /** Since when, by the boot clock, all has looked well; null while it does not. */
  private @Nullable Duration wellSince;

  public ClockGuard(ClockSource source) {
    this.source = source;
    this.anchor = read().wallAtBoot();
  }

  /**
   * Reads the clocks and judges them.
   *
   * @param newestAt the time of the newest entry
   */
  public Reading look(Instant newestAt) {
    Clocks clocks = read();
    if (good) {
      good = isSteady(clocks, newestAt);
      if (good && source.synchronised()) {
        // Small steps are forgiven only while something keeps the clock right: without it they
        // could creep to any distance.
        anchor = clocks.wallAtBoot();
      }
    }
    if (!good) {
      recover(clocks, newestAt);
    }
    return new Reading(clocks.wall(), good);
  }

  /** An operator vouches for the wall clock as it is now. */
  public void thaw() {
    believe(read());
    vouchedBehind = true;
  }

  private boolean isSteady(Clocks clocks, Instant newestAt) {
    boolean behind = clocks.wall().isBefore(newestAt.minus(BACK));
    // Once it has caught up, being behind again is news.
    vouchedBehind = vouchedBehind && behind;
    Duration jump = Duration.between(anchor, clocks.wallAtBoot());
    return jump.compareTo(BACK.negated()) >= 0
        && jump.compareTo(FORWARD) <= 0
        && (!behind || vouchedBehind);
  }

  private void recover(Clocks clocks, Instant newestAt) {
    if (!source.synchronised() || clocks.wall().isBefore(newestAt)) {
      wellSince = null;
    } else if (wellSince == null) {
      wellSince = clocks.boot();
    } else if (clocks.boot().minus(wellSince).compareTo(RECOVERY) >= 0) {
      believe(clocks);
    }
  }

  private void believe(Clocks clocks) {
    anchor = clocks.wallAtBoot();
    good = true;
    wellSince = null;
  }

  private Clocks read() {
    Duration before = source.sinceBoot();
    for (int tries = 1; true; tries++) {
      Instant wall = source.now();
      Duration after = source.sinceBoot();
      if (after.minus(before).compareTo(STEADY) <= 0 || tries == TRIES) {
        return new Clocks(wall, after);
      }
      before = after;
    }
  }

  /**
   * What a look found.
   *
   * @param now the wall clock
   * @param good whether it may be believed
   */
  public record Reading(Instant now, boolean good) {}

  private record Clocks(Instant wall, Duration boot) {
    Instant wallAtBoot() {
      return wall.minus(boot);
    }
  }
}
