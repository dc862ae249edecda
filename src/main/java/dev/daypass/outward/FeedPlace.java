package dev.daypass.outward;

import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.Optional;

/**
 * How far a target has been told, and of which ledger: the number alone would take another history
 * for the rest of this one.
 *
 * @param next the entry that comes next
 * @param last the leaf hash of the one before, empty if there is none
 */
record FeedPlace(String origin, long next, Optional<Bytes> last) {
  private static final String NONE = "-";

  static FeedPlace start(String origin) {
    return new FeedPlace(origin, 0, Optional.empty());
  }

  /** Three lines, as a file keeps them; empty for any other text. */
  static Optional<FeedPlace> parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 3 || !lines.get(1).matches("0|[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    long next = Long.parseLong(lines.get(1));
    boolean first = lines.get(2).equals(NONE);
    if (first != (next == 0) || !(first || lines.get(2).matches("[0-9a-f]{64}"))) {
      return Optional.empty();
    }
    return Optional.of(
        new FeedPlace(
            lines.get(0), next, first ? Optional.empty() : Optional.of(Bytes.ofHex(lines.get(2)))));
  }

  String text() {
    return origin + "\n" + next + "\n" + last.map(Bytes::hex).orElse(NONE) + "\n";
  }

  FeedPlace after(ReadEntry entry) {
    return new FeedPlace(origin, entry.number().value() + 1, Optional.of(leaf(entry)));
  }

  EntryNumber number() {
    return new EntryNumber(next);
  }

  /** Whether that is the entry after which this place is. */
  boolean follows(ReadEntry entry) {
    return entry.number().value() + 1 == next && last.equals(Optional.of(leaf(entry)));
  }

  private static Bytes leaf(ReadEntry entry) {
    return Bytes.of(entry.entry().leafHash().toArray());
  }
}
