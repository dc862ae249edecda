package dev.daypass.bench;

import java.util.Arrays;

/** How long each request of a round took. */
final class Latencies {
  private final long[] sortedNanos;

  Latencies(long[] nanos) {
    sortedNanos = nanos.clone();
    Arrays.sort(sortedNanos);
  }

  int count() {
    return sortedNanos.length;
  }

  /** What this share of the requests did not exceed, in milliseconds. */
  double millis(double share) {
    return sortedNanos[(int) Math.ceil(share * sortedNanos.length) - 1] / 1e6;
  }
}
