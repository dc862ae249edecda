package dev.daypass.ledger.count;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What was counted of some days.
 *
 * @param days the oldest first, those without anything as well
 * @param byRole grants, the most used role first
 * @param byHour grants in each hour of the day (UTC)
 * @param longest the longest first
 * @param missing how many entries of the ledger are not counted yet, the newest
 */
public record Counts(
    List<Day> days,
    SequencedMap<String, Long> byRole,
    List<Long> byHour,
    List<Lasting> longest,
    long missing) {
  /** The role of a grant whose details were erased before it was counted. */
  public static final String ERASED = "(erased)";

  public Counts {
    days = List.copyOf(days);
    byRole = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byRole));
    byHour = List.copyOf(byHour);
    longest = List.copyOf(longest);
  }

  /** One day. */
  public record Day(LocalDate date, long grants, long refusals, long alarms) {}

  public long grants() {
    return days.stream().mapToLong(Day::grants).sum();
  }

  public long refusals() {
    return days.stream().mapToLong(Day::refusals).sum();
  }

  public long alarms() {
    return days.stream().mapToLong(Day::alarms).sum();
  }
}
