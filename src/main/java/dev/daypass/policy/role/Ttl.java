package dev.daypass.policy.role;

import java.time.Duration;

/**
 * How long a role's certificates last, in whole seconds.
 *
 * @param standard what a request gets that names no ttl
 * @param max what no request may exceed
 */
public record Ttl(Duration standard, Duration max) {

  public Ttl {
    if (!isWhole(standard) || !isWhole(max) || standard.compareTo(max) > 0) {
      throw new IllegalArgumentException("ttl: whole seconds, 0 < default <= max");
    }
  }

  private static boolean isWhole(Duration duration) {
    return duration.isPositive() && duration.toNanosPart() == 0;
  }
}
