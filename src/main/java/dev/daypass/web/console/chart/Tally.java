package dev.daypass.web.console.chart;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.audit.LedgerReader;
import dev.daypass.web.console.story.Durations;
import dev.daypass.web.console.story.OfKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts grants, refusals and alarms by day: once, when somebody first looks, in the background and
 * from the newest backwards; then only what has come since. A page waits for it no longer than one
 * would notice.
 */
public final class Tally {
  /** The role of a grant whose details were erased. */
  public static final String ERASED = "(erased)";

  private static final Logger LOG = LoggerFactory.getLogger(Tally.class);
  private static final int CHUNK = 250;
  private static final long PATIENCE_NANOS = 25_000_000;

  private final LedgerReader ledger;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}. */
  private final Map<LocalDate, DayCount> days = new HashMap<>();

  /** How far each kind is counted. Guarded by {@link #lock}. */
  private final List<Reach> reaches =
      List.of(
          new Reach(EntryKind.CERTIFICATE_GRANTED),
          new Reach(EntryKind.REQUESTS_REFUSED),
          new Reach(EntryKind.SESSION_ALARM));

  /** Whether a thread counts. Guarded by {@link #lock}. */
  private boolean counting;

  private final Condition counted = lock.newCondition();

  /** From {@code low} up to {@code high}, without the latter, all entries of a kind are counted. */
  private static final class Reach {
    private final EntryKind kind;
    private long high = -1;
    private long low;
    private Instant since = Instant.MAX;

    Reach(EntryKind kind) {
      this.kind = kind;
    }
  }

  public Tally(LedgerReader ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** What is known of the days up to today; whatever is missing is counted in the background. */
  public Picture of(int length) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate first = today.minusDays(length - 1L);
    Instant since = first.atStartOfDay(ZoneOffset.UTC).toInstant();
    lock.lock();
    try {
      if (!counting) {
        counting = true;
        Thread.ofVirtual().name("tally").start(() -> count(since));
      }
      await();
      boolean complete =
          !counting && reaches.stream().allMatch(reach -> reach.since.compareTo(since) <= 0);
      return picture(first, today, complete);
    } finally {
      lock.unlock();
    }
  }

  /** A moment, which is enough for what is new. Caller holds {@link #lock}. */
  private void await() {
    try {
      long left = PATIENCE_NANOS;
      while (counting && left > 0) {
        left = counted.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts until all is known, on this thread. */
  private void count(Instant since) {
    try {
      for (Reach reach : reaches) {
        upward(reach);
        downward(reach, since);
      }
    } catch (IOException e) {
      LOG.warn("the charts lack what cannot be read now", e);
    } finally {
      locked(() -> {
        counting = false;
        counted.signalAll();
        return counting;
      });
    }
  }

  /** What has come since. */
  private void upward(Reach reach) throws IOException {
    long known = locked(() -> reach.high);
    if (known < 0) {
      return;
    }
    List<ReadEntry> fresh = new ArrayList<>();
    Optional<EntryNumber> before = Optional.empty();
    boolean more = true;
    while (more) {
      EntryPage page = ledger.page(OfKind.of(reach.kind), before, CHUNK);
      for (ReadEntry read : page.entries()) {
        if (read.number().value() < known) {
          more = false;
          break;
        }
        fresh.add(read);
      }
      before = page.next();
      more = more && before.isPresent();
    }
    locked(() -> {
      fresh.forEach(this::add);
      reach.high = fresh.isEmpty() ? reach.high : fresh.getFirst().number().value() + 1;
      return reach;
    });
  }

  private void downward(Reach reach, Instant since) throws IOException {
    while (locked(() -> reach.since).isAfter(since)) {
      Optional<EntryNumber> before =
          locked(() -> reach.high < 0 ? Optional.empty() : Optional.of(new EntryNumber(reach.low)));
      EntryPage page = ledger.page(OfKind.of(reach.kind), before, CHUNK);
      locked(() -> {
        page.entries().forEach(this::add);
        if (!page.entries().isEmpty()) {
          ReadEntry oldest = page.entries().getLast();
          reach.high = Math.max(reach.high, page.entries().getFirst().number().value() + 1);
          reach.low = oldest.number().value();
          reach.since = oldest.entry().at();
        }
        if (page.next().isEmpty()) {
          reach.high = Math.max(reach.high, 0);
          reach.since = Instant.MIN;
        }
        return reach;
      });
    }
  }

  /** Caller holds {@link #lock}. */
  private void add(ReadEntry read) {
    var at = read.entry().at().atOffset(ZoneOffset.UTC);
    DayCount day = days.computeIfAbsent(at.toLocalDate(), _ -> new DayCount());
    switch (read.entry().kind()) {
      case CERTIFICATE_GRANTED -> {
        String role = read.role().orElse(ERASED);
        day.granted(role, at.getHour(), new Lasting(life(read), read.number().value(), role));
      }
      case SESSION_ALARM -> day.alarms++;
      default ->
          day.refusals += read.details().flatMap(details -> details.integer("count")).orElse(1L);
    }
  }

  /** Caller holds {@link #lock}. */
  private Picture picture(LocalDate first, LocalDate today, boolean complete) {
    List<Picture.Day> shown = new ArrayList<>();
    Map<String, Long> byRole = new HashMap<>();
    long[] byHour = new long[24];
    List<Lasting> longest = new ArrayList<>();
    for (LocalDate date = first; !date.isAfter(today); date = date.plusDays(1)) {
      DayCount day = days.getOrDefault(date, new DayCount());
      shown.add(new Picture.Day(date, day.grants(), day.refusals, day.alarms));
      day.grantsByRole.forEach((role, count) -> byRole.merge(role, count, Long::sum));
      for (int hour = 0; hour < byHour.length; hour++) {
        byHour[hour] += day.grantsByHour[hour];
      }
      longest.addAll(day.longest);
    }
    SequencedMap<String, Long> sorted = new LinkedHashMap<>();
    byRole.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(each -> sorted.put(each.getKey(), each.getValue()));
    return new Picture(
        shown,
        sorted,
        Arrays.stream(byHour).boxed().toList(),
        longest.stream().sorted(Comparator.reverseOrder()).limit(DayCount.LONGEST).toList(),
        complete);
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private static Duration life(ReadEntry read) {
    return read.details()
        .flatMap(details -> Durations.life(details, read.entry().at()))
        .orElse(Duration.ZERO);
  }
}
