package dev.daypass.ledger.count;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Adds up what comes in parts. For one thread. */
public final class CountSum {
  private static final int HOURS = 24;

  private final LocalDate first;
  private final LocalDate last;
  private final Map<LocalDate, Long> grants = new HashMap<>();
  private final Map<LocalDate, Long> refusals = new HashMap<>();
  private final Map<LocalDate, Long> alarms = new HashMap<>();
  private final Map<String, Long> byRole = new HashMap<>();
  private final long[] byHour = new long[HOURS];
  private final List<Lasting> longest = new ArrayList<>();

  /** Of these days, both included; of others nothing is taken. */
  public CountSum(LocalDate first, LocalDate last) {
    this.first = first;
    this.last = last;
  }

  public boolean takes(LocalDate day) {
    return !day.isBefore(first) && !day.isAfter(last);
  }

  public void grants(LocalDate day, long count) {
    add(grants, day, count);
  }

  public void refusals(LocalDate day, long count) {
    add(refusals, day, count);
  }

  public void alarms(LocalDate day, long count) {
    add(alarms, day, count);
  }

  /** Grants of these days, which are told a second time by day. */
  public void ofRole(String role, long count) {
    byRole.merge(role, count, Long::sum);
  }

  /** Grants of these days, which are told a second time by day. */
  public void inHour(int hour, long count) {
    byHour[hour] += count;
  }

  public void lasting(Lasting one) {
    longest.add(one);
  }

  /**
   * All of it.
   *
   * @param missing how many entries were not counted
   */
  public Counts counts(long missing) {
    return new Counts(
        first.datesUntil(last.plusDays(1)).map(this::day).toList(),
        mostUsedFirst(),
        Arrays.stream(byHour).boxed().toList(),
        longest.stream().sorted(Lasting.LONGEST_FIRST).limit(Lasting.MOST).toList(),
        missing);
  }

  private Counts.Day day(LocalDate date) {
    return new Counts.Day(
        date,
        grants.getOrDefault(date, 0L),
        refusals.getOrDefault(date, 0L),
        alarms.getOrDefault(date, 0L));
  }

  private SequencedMap<String, Long> mostUsedFirst() {
    SequencedMap<String, Long> sorted = new LinkedHashMap<>();
    byRole.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(each -> sorted.put(each.getKey(), each.getValue()));
    return sorted;
  }

  private void add(Map<LocalDate, Long> counts, LocalDate day, long count) {
    if (takes(day)) {
      counts.merge(day, count, Long::sum);
    }
  }
}
