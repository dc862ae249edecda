package dev.daypass.revocation.live;

import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Every certificate that was granted and whose window has not ended: some 30 bytes each, and what
 * many have in common once. Segments of which nothing lives any more are dropped as a whole.
 */
public final class LiveCertificates {
  private static final int SEGMENT = 4096;

  /** Guarded by this; the last one is being filled. */
  private List<Segment> segments = new ArrayList<>(List.of(new Segment()));

  /** Adds one; those who ask from now on find it. */
  synchronized void add(LiveCertificate certificate) {
    if (segments.getLast().size == SEGMENT) {
      segments.getLast().close();
      segments.add(new Segment());
    }
    segments.getLast().add(certificate);
  }

  /** Those that are wanted and alive at that moment, the lowest serial first. */
  List<LiveCertificate> of(Predicate<LiveCertificate> wanted, Instant now) {
    return find(certificate -> certificate.validBefore().isAfter(now) && wanted.test(certificate));
  }

  /** Those of these serials that are known, alive or not. */
  List<LiveCertificate> withSerials(Collection<EntryNumber> serials) {
    Set<EntryNumber> wanted = new HashSet<>(serials);
    return wanted.isEmpty() ? List.of() : find(each -> wanted.contains(each.serial()));
  }

  /** How many there are, some that have expired among them. */
  synchronized int size() {
    return segments.stream().mapToInt(segment -> segment.size).sum();
  }

  /** Forgets what ended before that moment, in whole segments. */
  synchronized void prune(Instant moment) {
    List<Segment> alive = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment == segments.getLast() || segment.lastEnd >= moment.getEpochSecond()) {
        alive.add(segment);
      }
    }
    segments = alive;
  }

  private List<LiveCertificate> find(Predicate<LiveCertificate> wanted) {
    List<Segment> now;
    int inLast;
    synchronized (this) {
      now = List.copyOf(segments);
      inLast = now.getLast().size;
    }
    // What stands below a size that was read under the lock is never written again.
    List<LiveCertificate> found = new ArrayList<>();
    for (Segment segment : now) {
      int size = segment == now.getLast() ? inLast : SEGMENT;
      for (int i = 0; i < size; i++) {
        LiveCertificate certificate = segment.at(i);
        if (wanted.test(certificate)) {
          found.add(certificate);
        }
      }
    }
    found.sort(Comparator.comparing(LiveCertificate::serial));
    return withoutDoubles(found);
  }

  /** What was written while the ledger was read at start came in twice. */
  private static List<LiveCertificate> withoutDoubles(List<LiveCertificate> sorted) {
    List<LiveCertificate> once = new ArrayList<>(sorted.size());
    for (LiveCertificate each : sorted) {
      if (once.isEmpty() || !once.getLast().serial().equals(each.serial())) {
        once.add(each);
      }
    }
    return once;
  }

  /** So many certificates in rows; written under the lock of the whole. */
  private static final class Segment {
    private final long[] serials = new long[SEGMENT];
    private final long[] granted = new long[SEGMENT];
    private final long[] ends = new long[SEGMENT];
    private final Holder[] holders = new Holder[SEGMENT];
    private Map<Holder, Holder> known = new HashMap<>();
    private int size;
    private long lastEnd = Long.MIN_VALUE;

    void add(LiveCertificate certificate) {
      Holder holder = certificate.holder();
      Holder before = known.putIfAbsent(holder, holder);
      serials[size] = certificate.serial().value();
      granted[size] = certificate.at().toEpochMilli();
      ends[size] = certificate.validBefore().getEpochSecond();
      holders[size] = before == null ? holder : before;
      lastEnd = Math.max(lastEnd, ends[size]);
      size++;
    }

    void close() {
      known = Map.of();
    }

    LiveCertificate at(int index) {
      return new LiveCertificate(
          new EntryNumber(serials[index]),
          Instant.ofEpochMilli(granted[index]),
          Instant.ofEpochSecond(ends[index]),
          holders[index]);
    }
  }
}
