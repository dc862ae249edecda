package dev.daypass.web.console.chart;

import java.time.Duration;

/**
 * How long a certificate lasts.
 *
 * @param entry the number of its grant
 */
public record Lasting(Duration time, long entry, String role) implements Comparable<Lasting> {
  @Override
  public int compareTo(Lasting other) {
    int byTime = time.compareTo(other.time);
    return byTime != 0 ? byTime : Long.compare(entry, other.entry);
  }
}
