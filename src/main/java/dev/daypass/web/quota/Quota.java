package dev.daypass.web.quota;

import java.time.Duration;

/**
 * So many in so long. All of them may come at once; after that they come back evenly.
 *
 * @param count at least one
 * @param per more than nothing
 */
public record Quota(int count, Duration per) {
  public Quota {
    if (count < 1 || !per.isPositive()) {
      throw new IllegalArgumentException("a quota of nothing serves nobody");
    }
  }

  /** How long it takes until one more fits. */
  long nanosEach() {
    return Math.max(1, per.toNanos() / count);
  }
}
