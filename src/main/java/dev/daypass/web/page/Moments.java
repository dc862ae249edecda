package dev.daypass.web.page;

import dev.daypass.web.page.view.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Points in time as a person says them (STYLE, "How it looks"). */
public final class Moments {
  private static final DateTimeFormatter SAME_DAY =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter OTHER_DAY =
      DateTimeFormatter.ofPattern("d MMM, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Moments() {}

  public static Moment since(Instant then, Instant now) {
    Duration passed = Duration.between(then, now);
    return moment(passed.toMinutes() < 1 ? "just now" : span(passed) + " ago", then, now);
  }

  public static Moment until(Instant then, Instant now) {
    Duration left = Duration.between(now, then);
    return moment(left.toMinutes() < 1 ? "ending now" : span(left) + " left", then, now);
  }

  private static Moment moment(String words, Instant then, Instant now) {
    boolean today = then.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
    return new Moment(
        words,
        (today ? SAME_DAY : OTHER_DAY).format(then),
        then.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String span(Duration time) {
    if (time.toHours() >= 48) {
      return time.toDays() + " days";
    }
    if (time.toMinutes() >= 120) {
      return time.toHours() + " hours";
    }
    return time.toMinutes() == 1 ? "1 minute" : time.toMinutes() + " minutes";
  }
}
