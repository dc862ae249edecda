package dev.daypass.oidc.keys;

import java.time.Duration;

/**
 * How a provider's keys are kept (CASES 52 and 53).
 *
 * @param refreshAfter keys older than this are fetched again before they are used: a key that the
 *     provider removed is rejected after that time, if the provider answers
 * @param maxAge how long known keys go on working while the provider does not answer
 * @param pause the least time between two fetches, whatever unknown key IDs arrive
 * @param timeout how long one answer may take from the first byte sent to the last received
 */
public record KeyRefresh(Duration refreshAfter, Duration maxAge, Duration pause, Duration timeout) {

  /** Five minutes, a day, half a minute, five seconds. */
  public static final KeyRefresh DEFAULTS =
      new KeyRefresh(
          Duration.ofMinutes(5),
          Duration.ofHours(24),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));

  public KeyRefresh {
    if (refreshAfter.compareTo(maxAge) > 0 || pause.compareTo(refreshAfter) > 0) {
      throw new IllegalArgumentException("pause <= refreshAfter <= maxAge does not hold");
    }
    if (pause.isNegative() || pause.isZero() || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("pause and timeout must be positive");
    }
  }
}
