package dev.daypass.outward.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How many alarms of one server are told in an hour: a server that somebody has taken could bury
 * the alarm that counts below thousands. For one thread.
 */
final class AlarmLimit {
  static final int MOST = 20;
  static final Duration HOUR = Duration.ofHours(1);

  private final Map<String, Reported> hours = new HashMap<>();

  /** What becomes of an alarm. */
  enum Verdict {
    TELL,
    /** The first that is not told by itself. */
    SAY_THAT_THERE_ARE_MORE,
    SAY_NOTHING
  }

  /** What a server reported since an hour of its own began, and which entry was the last. */
  private record Reported(Instant since, int alarms, long last) {
    boolean isOver(Instant at) {
      return !at.isBefore(since.plus(HOUR));
    }
  }

  /** The same for the newest entry however often it is asked, as where a target had failed. */
  Verdict of(String server, long number, Instant at) {
    Reported known = hours.get(server);
    if (known == null || number > known.last()) {
      hours.values().removeIf(hour -> hour.isOver(at));
      known = hours.get(server);
      known =
          known == null
              ? new Reported(at, 1, number)
              : new Reported(known.since(), known.alarms() + 1, number);
      hours.put(server, known);
    }
    if (known.alarms() <= MOST) {
      return Verdict.TELL;
    }
    return known.alarms() == MOST + 1 ? Verdict.SAY_THAT_THERE_ARE_MORE : Verdict.SAY_NOTHING;
  }
}
