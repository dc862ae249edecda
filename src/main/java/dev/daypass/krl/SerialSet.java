package dev.daypass.krl;

import dev.daypass.cert.Serial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A set of serials as ranges that rise and do not touch. Serials that follow one another cost sshd
 * no more than one (it reads the whole list at each login).
 *
 * @param ranges rising, with a gap between each two
 */
public record SerialSet(List<SerialRange> ranges) {
  public static final SerialSet EMPTY = new SerialSet(List.of());

  public SerialSet {
    ranges = List.copyOf(ranges);
    for (int i = 1; i < ranges.size(); i++) {
      SerialRange before = ranges.get(i - 1);
      SerialRange range = ranges.get(i);
      if (range.first().compareTo(before.first()) <= 0 || before.reaches(range)) {
        throw new IllegalArgumentException("ranges touch or do not rise");
      }
    }
  }

  /** The set of these serials, each once. */
  public static SerialSet of(Collection<Serial> serials) {
    return ofRanges(serials.stream().map(serial -> new SerialRange(serial, serial)).toList());
  }

  /** The set of all serials in these ranges, which may overlap and come in any order. */
  public static SerialSet ofRanges(Collection<SerialRange> ranges) {
    List<SerialRange> merged = new ArrayList<>();
    for (SerialRange range :
        ranges.stream().sorted(Comparator.comparing(SerialRange::first)).toList()) {
      if (!merged.isEmpty() && merged.getLast().reaches(range)) {
        merged.set(merged.size() - 1, merged.getLast().upTo(range.last()));
      } else {
        merged.add(range);
      }
    }
    return new SerialSet(merged);
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  public boolean contains(Serial serial) {
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      SerialRange range = ranges.get(middle);
      if (range.contains(serial)) {
        return true;
      }
      if (range.first().compareTo(serial) < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }
}
