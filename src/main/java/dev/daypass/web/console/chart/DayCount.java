package dev.daypass.web.console.chart;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** What one day brought. Guarded by the lock of its tally. */
final class DayCount {
  static final int LONGEST = 10;
  private static final int HOURS = 24;

  final Map<String, Long> grantsByRole = new HashMap<>();
  final long[] grantsByHour = new long[HOURS];

  /** The shortest first, so that it is the one that goes. */
  final PriorityQueue<Lasting> longest = new PriorityQueue<>();

  long refusals;
  long alarms;

  void granted(String role, int hour, Lasting lasting) {
    grantsByRole.merge(role, 1L, Long::sum);
    grantsByHour[hour]++;
    longest.add(lasting);
    if (longest.size() > LONGEST) {
      longest.poll();
    }
  }

  long grants() {
    return grantsByRole.values().stream().mapToLong(Long::longValue).sum();
  }
}
