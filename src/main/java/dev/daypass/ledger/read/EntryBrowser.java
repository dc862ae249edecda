package dev.daypass.ledger.read;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.store.EntrySearch;
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
 * kind, role and key are found by their indexes.
 */
public final class EntryBrowser {
  /** As many as one page looks through. */
  private static final int MOST_LOOKED_AT = 20_000;

  private static final int CHUNK = 500;

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

  /**
   * The newest entries that match, before that number.
   *
   * @param limit how many at most
   */
  public EntryPage page(EntryFilter filter, Optional<EntryNumber> before, int limit)
      throws StoreFailed {
    long first = filter.from().isPresent() ? firstSince(filter.from().get()) : 0;
    long end = filter.until().isPresent() ? firstSince(filter.until().get()) : signed.get().value();
    long next = Math.min(end, before.map(EntryNumber::value).orElse(end));
    List<ReadEntry> found = new ArrayList<>();
    int looked = 0;
    while (next > first && looked < MOST_LOOKED_AT) {
      int chunk = filter.asksDetails() ? CHUNK : Math.min(CHUNK, limit + 1);
      List<EntryNumber> numbers = store.search(search(filter, next, chunk));
      for (EntryNumber number : numbers) {
        if (number.value() < first) {
          return new EntryPage(found, Optional.empty());
        }
        if (found.size() == limit) {
          return new EntryPage(found, Optional.of(new EntryNumber(next)));
        }
        ReadEntry entry = entry(number).orElseThrow(() -> gone(number.value()));
        if (entry.matches(filter)) {
          found.add(entry);
        }
        next = number.value();
        looked++;
      }
      if (numbers.size() < chunk) {
        return new EntryPage(found, Optional.empty());
      }
    }
    return new EntryPage(
        found, next > first ? Optional.of(new EntryNumber(next)) : Optional.empty());
  }

  /**
   * Every entry that matches, the oldest first, of the first {@code size}. Holds a few hundred at a
   * time.
   */
  public <E extends Exception> void visit(EntryFilter filter, TreeSize size, Visitor<E> visitor)
      throws StoreFailed, E {
    long next = filter.from().isPresent() ? firstSince(filter.from().get()) : 0;
    long end =
        filter.until().isPresent()
            ? Math.min(size.value(), firstSince(filter.until().get()))
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
        Optional.empty(),
        Optional.empty(),
        Optional.of(before),
        limit);
  }

  /** The number of the first entry that is not before that moment: times never fall. */
  private long firstSince(Instant moment) throws StoreFailed {
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
    return low;
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
