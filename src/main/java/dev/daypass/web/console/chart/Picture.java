package dev.daypass.web.console.chart;

import java.time.LocalDate;
import java.util.List;
import java.util.SequencedMap;

/**
 * What was counted of some days up to today.
 *
 * @param days the oldest first, those without anything as well
 * @param byRole the most used first
 * @param byHour grants in each hour of the day
 * @param longest the longest first
 * @param complete whether all of it has been counted
 */
public record Picture(
    List<Day> days,
    SequencedMap<String, Long> byRole,
    List<Long> byHour,
    List<Lasting> longest,
    boolean complete) {
  public Picture {
    days = List.copyOf(days);
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
