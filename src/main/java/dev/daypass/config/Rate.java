package dev.daypass.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many in so long, written {@code 2/s}, {@code 120/m} or {@code 7200/h}. */
public record Rate(int count, Duration per) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,7})/([smh])");

  public Rate {
    if (count < 1) {
      throw new IllegalArgumentException("a rate is at least one");
    }
  }

  static Optional<Rate> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 1) {
      return Optional.empty();
    }
    Duration per =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return Optional.of(new Rate(Integer.parseInt(matcher.group(1)), per));
  }
}
