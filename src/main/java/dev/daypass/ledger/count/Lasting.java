package dev.daypass.ledger.count;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * How long a certificate lasts from its grant on, or from its beginning, if that is later.
 *
 * @param entry the number of its grant
 * @param role empty where no column has it
 */
public record Lasting(Duration time, long entry, Optional<String> role) {
  /** How many are kept of a day, and shown of many days. */
  public static final int MOST = 10;

  static final Comparator<Lasting> LONGEST_FIRST =
      Comparator.comparing(Lasting::time).thenComparingLong(Lasting::entry).reversed();
}
