package dev.daypass.web.console.story;

import java.time.Duration;

/** Durations as a person says them. */
public final class Durations {
  private Durations() {}

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
