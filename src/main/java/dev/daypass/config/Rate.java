package dev.daypass.config;

import java.time.Duration;

/** So many in so long, written {@code 50/s}, {@code 600/m} or {@code 20/h}. */
public record Rate(int count, Duration per) {

  public Rate {
    if (count < 1) {
      throw new IllegalArgumentException("a rate is at least one");
    }
  }
}
