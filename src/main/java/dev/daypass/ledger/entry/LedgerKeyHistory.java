package dev.daypass.ledger.entry;

import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which ledger key signs the checkpoint of which size (DESIGN section 3): {@code ledger.created}
 * names the first, each {@code ca.key.activated} of a ledger key the next. The tree whose last leaf
 * is that entry is signed by both; all after it by the new one alone.
 */
public record LedgerKeyHistory(List<Change> changes) {
  /** Of a ledger that has not begun. */
  public static final LedgerKeyHistory EMPTY = new LedgerKeyHistory(List.of());

  public LedgerKeyHistory {
    changes = List.copyOf(changes);
  }

  /**
   * A key and since when it signs.
   *
   * @param from the size that it signs together with its elder, if it has one
   */
  public record Change(TreeSize from, Fingerprint key) {}

  /** The first key that {@code ledger.created} names, if it does. */
  public LedgerKeyHistory created(Entry entry) {
    return entry
        .publicPart()
        .flatMap(part -> part.object("keys"))
        .flatMap(keys -> keys.text("ledger"))
        .flatMap(LedgerKeyHistory::fingerprint)
        .map(key -> with(new Change(TreeSize.ZERO, key)))
        .orElse(this);
  }

  /** After the entry that activates this ledger key. */
  public LedgerKeyHistory activated(EntryNumber number, Fingerprint key) {
    return with(new Change(new TreeSize(number.value() + 1), key));
  }

  /** The key of a {@code ca.key.activated} or its like, if the entry names one. */
  public static Optional<Fingerprint> keyOf(Entry entry) {
    return entry
        .publicPart()
        .flatMap(part -> part.text("fingerprint"))
        .flatMap(LedgerKeyHistory::fingerprint);
  }

  /** The keys that sign that size: one, or two where one hands over to the next, or unknown. */
  public List<Fingerprint> keysAt(TreeSize size) {
    List<Fingerprint> due = new ArrayList<>(1);
    for (Change change : changes) {
      int compared = size.compareTo(change.from());
      if (compared > 0) {
        due.clear();
      }
      if (compared >= 0) {
        due.add(change.key());
      }
    }
    return due;
  }

  private LedgerKeyHistory with(Change change) {
    List<Change> more = new ArrayList<>(changes);
    more.add(change);
    return new LedgerKeyHistory(more);
  }

  private static Optional<Fingerprint> fingerprint(String text) {
    try {
      return Optional.of(Fingerprint.parse(text));
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }
}
