package dev.daypass.ledger.read;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.store.EntryScan;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.EntryTerms;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds entries, up to the tree that was signed for. Times become numbers, since times never fall;
 * kind, person, role, server and key are found by their indexes, and the rest is looked for.
 */
public final class EntryBrowser {
  /** As many as one page takes from an index to look into them. */
  private static final int MOST_FOUND = 2000;

  /** As many as one page looks through where no index leads. */
  private static final int MOST_SCANNED = 20_000;

  private static final int CHUNK = 500;
  private static final Optional<EntryNumber> NOTHING_MORE = Optional.empty();

  private final LedgerStore store;
  private final Supplier<TreeSize> signed;

  public EntryBrowser(LedgerStore store, Supplier<TreeSize> signed) {
    this.store = store;
    this.signed = signed;
  }

  /** Hears of each entry in the order of their numbers. */
  @FunctionalInterface
  public interface Visitor<E extends Exception> {
    void take(ReadEntry entry) throws E;
  }

  /** The entry of that number; empty if there is none. */
  public Optional<ReadEntry> entry(EntryNumber number) throws StoreFailed {
    Optional<StoredEntry> stored =
        signed.get().contains(number) ? store.entry(number) : Optional.empty();
    return stored.isEmpty() ? Optional.empty() : Optional.of(ReadEntry.of(stored.get()));
  }

  /** The entries from that number on, the oldest first; none if there are no more. */
  public List<ReadEntry> from(EntryNumber first, int limit) throws StoreFailed {
    long left = signed.get().value() - first.value();
    List<ReadEntry> entries = new ArrayList<>();
    if (left > 0) {
      for (StoredEntry stored : store.entries(first, (int) Math.min(left, limit))) {
        entries.add(ReadEntry.of(stored));
      }
      if (entries.isEmpty()) {
        throw gone(first.value());
      }
    }
    return entries;
  }

  /**
   * The newest entries that match, before that number.
   *
   * @param limit how many at most
   */
  public EntryPage page(EntryFilter filter, Optional<EntryNumber> before, int limit)
      throws StoreFailed {
    long first = filter.from().isPresent() ? firstSince(filter.from().get()).value() : 0;
    long end =
        filter.until().isPresent()
            ? firstSince(filter.until().get()).value()
            : signed.get().value();
    long next = Math.min(end, before.map(EntryNumber::value).orElse(end));
    return filter.isIndexed() || filter.parts().isEmpty()
        ? indexed(filter, first, next, limit)
        : scanned(filter, first, next, limit);
  }

  /** Entries that name this one, the newest first: what became of a certificate. */
  public List<ReadEntry> about(EntryNumber number, int limit) throws StoreFailed {
    EntrySearch search =
        new EntrySearch(
            Optional.empty(),
            SearchKeys.NONE,
            Optional.of(EntryTerms.entry(number)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(signed.get().value()),
            limit);
    List<ReadEntry> entries = new ArrayList<>();
    for (StoredEntry each : stored(store.search(search))) {
      entries.add(ReadEntry.of(each));
    }
    return entries;
  }

  private EntryPage indexed(EntryFilter filter, long first, long before, int limit)
      throws StoreFailed {
    long next = before;
    List<ReadEntry> found = new ArrayList<>();
    int looked = 0;
    while (next > first && looked < MOST_FOUND) {
      int chunk = filter.parts().isEmpty() ? Math.min(CHUNK, limit + 1) : CHUNK;
      List<EntryNumber> numbers = store.search(search(filter, next, chunk));
      for (StoredEntry stored : stored(numbers)) {
        if (stored.number().value() < first) {
          return new EntryPage(found, Optional.empty());
        }
        if (found.size() == limit) {
          return new EntryPage(found, Optional.of(new EntryNumber(next)));
        }
        if (filter.mayMatch(stored)) {
          Optional.of(ReadEntry.of(stored)).filter(e -> e.matches(filter)).ifPresent(found::add);
        }
        next = stored.number().value();
        looked++;
      }
      if (numbers.size() < chunk) {
        return new EntryPage(found, Optional.empty());
      }
    }
    return new EntryPage(found, next > first ? Optional.of(new EntryNumber(next)) : NOTHING_MORE);
  }

  private EntryPage scanned(EntryFilter filter, long first, long before, int limit)
      throws StoreFailed {
    long since = Math.max(first, before - MOST_SCANNED);
    long next = before;
    List<ReadEntry> found = new ArrayList<>();
    while (next > since) {
      int wanted = limit + 1 - found.size();
      List<StoredEntry> some = store.scan(new EntryScan(filter.parts(), since, next, wanted));
      for (StoredEntry stored : some) {
        ReadEntry entry = ReadEntry.of(stored);
        boolean matches = entry.matches(filter);
        if (matches && found.size() == limit) {
          return new EntryPage(found, Optional.of(new EntryNumber(next)));
        }
        if (matches) {
          found.add(entry);
        }
        next = stored.number().value();
      }
      if (some.size() < wanted) {
        next = since;
      }
    }
    return new EntryPage(found, since > first ? Optional.of(new EntryNumber(since)) : NOTHING_MORE);
  }

  private List<StoredEntry> stored(List<EntryNumber> numbers) throws StoreFailed {
    List<StoredEntry> stored = store.entriesAt(numbers);
    if (stored.size() < numbers.size()) {
      throw new StoreFailed("an entry that was found is gone");
    }
    return stored;
  }

  /**
   * Every entry that matches, the oldest first, of the first {@code size}. Holds a few hundred at a
   * time.
   */
  public <E extends Exception> void visit(EntryFilter filter, TreeSize size, Visitor<E> visitor)
      throws StoreFailed, E {
    long next = filter.from().isPresent() ? firstSince(filter.from().get()).value() : 0;
    long end =
        filter.until().isPresent()
            ? Math.min(size.value(), firstSince(filter.until().get()).value())
            : size.value();
    while (next < end) {
      List<StoredEntry> chunk =
          store.entries(new EntryNumber(next), (int) Math.min(CHUNK, end - next));
      if (chunk.isEmpty()) {
        throw gone(next);
      }
      for (StoredEntry stored : chunk) {
        ReadEntry entry = ReadEntry.of(stored);
        if (entry.matches(filter) && hasColumns(entry, filter)) {
          visitor.take(entry);
        }
      }
      next = chunk.getLast().number().value() + 1;
    }
  }

  /** Role and key, which the indexes answer elsewhere, by the details. */
  private static boolean hasColumns(ReadEntry entry, EntryFilter filter) {
    return (filter.role().isEmpty() || filter.role().equals(entry.role()))
        && (filter.key().isEmpty() || entry.names(filter.key().get()));
  }

  private static EntrySearch search(EntryFilter filter, long before, int limit) {
    return new EntrySearch(
        filter.kind(),
        new SearchKeys(filter.identity(), filter.role(), filter.key(), Optional.empty()),
        filter.server().map(EntryTerms::server),
        Optional.empty(),
        Optional.empty(),
        Optional.of(before),
        limit);
  }

  /** The first entry that is not before that moment, or would be: times never fall. */
  public EntryNumber firstSince(Instant moment) throws StoreFailed {
    long low = 0;
    long high = signed.get().value();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at(middle).isBefore(moment)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return new EntryNumber(low);
  }

  private Instant at(long number) throws StoreFailed {
    List<Bytes> leaf = store.leaves(new EntryNumber(number), 1);
    if (leaf.isEmpty()) {
      throw gone(number);
    }
    try {
      return Entry.decode(leaf.getFirst()).at();
    } catch (EntryFormatException e) {
      throw new StoreFailed("entry " + number + " is damaged", e);
    }
  }

  private static StoreFailed gone(long number) {
    return new StoreFailed("entry " + number + " is gone");
  }
}
