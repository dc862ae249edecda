package dev.daypass.systemd;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How often systemd wants to hear from a process (sd_watchdog_enabled(3)). */
final class Watchdog {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private Watchdog() {}

  /** Empty if it does not want to, or not from this process. */
  static Optional<Duration> interval(Map<String, String> environment, long pid) {
    String process = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
    return Optional.ofNullable(environment.get("WATCHDOG_USEC"))
        .filter(_ -> process.equals(Long.toString(pid)))
        .filter(text -> NUMBER.matcher(text).matches())
        .map(Long::parseLong)
        .filter(micros -> micros >= 2_000)
        .map(micros -> Duration.ofNanos(micros * 1000));
  }
}
