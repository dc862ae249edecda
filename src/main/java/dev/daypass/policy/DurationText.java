package dev.daypass.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them in policy, configuration and requests: {@code 90s}, {@code 30m},
 * {@code 1h30m}, {@code 7d}. Units are required and fall from left to right.
 */
public final class DurationText {

  private static final Pattern GRAMMAR =
      Pattern.compile("(?=.)(?:(\\d{1,5})d)?(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,9})s)?");

  /** Longer ones are taken for a mistake. */
  private static final Duration MAX = Duration.ofDays(3660);

  private DurationText() {}

  /** Reads a duration of whole seconds; empty if it has no unit, is negative or is absurd. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration duration =
        Duration.ofDays(number(matcher, 1))
            .plusHours(number(matcher, 2))
            .plusMinutes(number(matcher, 3))
            .plusSeconds(number(matcher, 4));
    return duration.compareTo(MAX) <= 0 ? Optional.of(duration) : Optional.empty();
  }

  /** The shortest text that {@link #parse} reads as this; parts of a second are left out. */
  public static String format(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), 'd');
    append(text, duration.toHoursPart(), 'h');
    append(text, duration.toMinutesPart(), 'm');
    append(text, duration.toSecondsPart(), 's');
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static void append(StringBuilder text, long number, char unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }
}
