package dev.daypass.web.console.story;

import dev.daypass.ledger.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Durations as a person says them. */
public final class Durations {
  private static final Duration SHORT = Duration.ofMinutes(2);
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  private Durations() {}

  /**
   * How long a certificate lasts from its grant on, or from its beginning, if that is later: it
   * begins a minute before its grant, for servers whose clocks are behind.
   *
   * @param at when it was granted
   */
  public static Optional<Duration> life(JsonObject details, Instant at) {
    try {
      Instant from =
          details.text("valid_after").map(Instant::parse).filter(at::isBefore).orElse(at);
      return details
          .text("valid_before")
          .map(Instant::parse)
          .map(end -> Duration.between(from, end))
          .map(Durations::rounded);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** To the minute, where a second more or less is of no weight. */
  public static Duration rounded(Duration time) {
    return time.compareTo(SHORT) < 0
        ? time
        : Duration.ofMinutes(time.plus(HALF_A_MINUTE).toMinutes());
  }

  /** In two units at most. */
  public static String said(Duration time) {
    if (time.toHours() >= 48) {
      return time.plusHours(12).toDays() + " days";
    }
    if (time.toMinutes() >= 120) {
      int minutes = time.toMinutesPart();
      return time.toHours() + " h" + (minutes > 0 ? " " + minutes + " min" : "");
    }
    return time.toMinutes() >= 1 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
