package dev.daypass.ledger.clock;

import java.time.Duration;
import java.time.Instant;

/** The kernel's clocks. */
public interface ClockSource {
  /** The wall clock, CLOCK_REALTIME: it can be set, and so it can jump. */
  Instant now();

  /** Time since the machine started, sleep included, CLOCK_BOOTTIME: nobody can set it. */
  Duration sinceBoot();

  /** Whether the kernel says, by {@code adjtimex}, that the wall clock is synchronised. */
  boolean synchronised();
}
