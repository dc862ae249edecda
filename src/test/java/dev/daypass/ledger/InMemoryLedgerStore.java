package dev.daypass.ledger;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.Batch;
import dev.daypass.ledger.store.EntryScan;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.FullTile;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.NewEntry;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A store in memory; closing it is like the end of a process: the content stays. */
public final class InMemoryLedgerStore implements LedgerStore {
  private final NavigableMap<Long, NewEntry> entries = new TreeMap<>();
  private final Map<Long, Long> erasedBy = new HashMap<>();
  private final Map<String, FullTile> tiles = new HashMap<>();
  private StoredHead head = StoredHead.EMPTY;
  private Optional<String> checkpoint = Optional.empty();

  @Override
  public synchronized StoredHead head() {
    return head;
  }

  @Override
  public synchronized void append(Batch batch) throws StoreFailed {
    if (!head.frontier().size().equals(batch.before())) {
      throw new StoreFailed("another writer has moved the ledger's head");
    }
    for (NewEntry entry : batch.entries()) {
      entries.put(entry.number().value(), entry);
      entry.erases().forEach(erased -> erasedBy.put(erased.value(), entry.number().value()));
    }
    batch.tiles().forEach(tile -> tiles.put(tile.level() + "/" + tile.index(), tile));
    checkpoint = batch.checkpoint().or(() -> checkpoint);
    head = batch.after();
  }

  @Override
  public void probe() {}

  @Override
  public synchronized Optional<StoredEntry> entry(EntryNumber number) {
    return Optional.ofNullable(entries.get(number.value())).map(this::stored);
  }

  @Override
  public synchronized List<StoredEntry> entries(EntryNumber from, int limit) {
    return entries.tailMap(from.value()).values().stream().limit(limit).map(this::stored).toList();
  }

  @Override
  public synchronized Optional<Bytes> tile(int level, long index) {
    return Optional.ofNullable(tiles.get(level + "/" + index)).map(FullTile::hashes);
  }

  @Override
  public synchronized List<Hash> tileRoots(int level, long from, int limit) {
    return tiles.values().stream()
        .filter(tile -> tile.level() == level && tile.index() >= from)
        .sorted(Comparator.comparingLong(FullTile::index))
        .limit(limit)
        .map(FullTile::root)
        .toList();
  }

  @Override
  public synchronized Optional<String> checkpoint() {
    return checkpoint;
  }

  @Override
  public synchronized List<EntryNumber> search(EntrySearch search) {
    return new ArrayList<>(entries.descendingMap().values())
        .stream()
            .filter(entry -> matches(search.kind(), entry.entry().kind()::equals))
            .filter(entry -> isPart(search.keys(), keys(entry)))
            .filter(entry -> matches(search.term(), terms(entry)::contains))
            .filter(entry -> matches(search.from(), from -> !entry.entry().at().isBefore(from)))
            .filter(entry -> matches(search.until(), until -> entry.entry().at().isBefore(until)))
            .filter(entry -> matches(search.before(), before -> entry.number().value() < before))
            .limit(search.limit())
            .map(NewEntry::number)
            .toList();
  }

  @Override
  public synchronized List<StoredEntry> scan(EntryScan scan) {
    return entries
        .subMap(scan.since(), true, scan.before(), false)
        .descendingMap()
        .values()
        .stream()
        .map(this::stored)
        .filter(entry -> scan.parts().stream().allMatch(text(entry)::contains))
        .limit(scan.limit())
        .toList();
  }

  @Override
  public synchronized List<EntryNumber> withDetails(
      EntryKind kind, long from, long before, int limit) {
    return entries.subMap(from, before).values().stream()
        .filter(entry -> entry.entry().kind() == kind)
        .map(NewEntry::number)
        .filter(number -> !erasedBy.containsKey(number.value()))
        .limit(limit)
        .toList();
  }

  @Override
  public void close() {}

  /** Loses everything from this size on, as a restored backup does. */
  synchronized void restore(StoredHead then) {
    entries.tailMap(then.frontier().size().value()).clear();
    head = then;
  }

  /** Replaces the bytes of an entry, as nobody should. */
  public synchronized void tamper(EntryNumber number, Bytes entry, Bytes details) {
    NewEntry old = entries.get(number.value());
    if (old == null) {
      throw new IllegalArgumentException("no entry " + number);
    }
    entries.put(
        number.value(),
        new NewEntry(number, old.entry(), entry, details, old.search(), old.terms(), old.erases()));
  }

  /** Loses an entry from the middle, with its details. */
  public synchronized void lose(EntryNumber number) {
    entries.remove(number.value());
  }

  /** Loses the details of an entry, and keeps no word of it. */
  public synchronized void loseDetails(EntryNumber number) {
    erasedBy.put(number.value(), number.value());
  }

  /** Loses a full tile. */
  public synchronized void loseTile(int level, long index) {
    tiles.remove(level + "/" + index);
  }

  /** Puts another tile in the place of one. */
  public synchronized void replaceTile(FullTile tile) {
    tiles.put(tile.level() + "/" + tile.index(), tile);
  }

  /** Puts another checkpoint in its place. */
  public synchronized void replaceCheckpoint(String note) {
    checkpoint = Optional.of(note);
  }

  private StoredEntry stored(NewEntry entry) {
    boolean erased = erasedBy.containsKey(entry.number().value());
    return new StoredEntry(
        entry.number(), entry.encoded(), erased ? Optional.empty() : Optional.of(entry.details()));
  }

  private static <T> boolean matches(Optional<T> asked, Predicate<T> condition) {
    return asked.isEmpty() || condition.test(asked.get());
  }

  private static String text(StoredEntry entry) {
    return entry
        .details()
        .map(details -> new String(details.toArray(), StandardCharsets.UTF_8))
        .orElse("")
        .toLowerCase(Locale.ROOT);
  }

  private List<String> terms(NewEntry entry) {
    return erasedBy.containsKey(entry.number().value()) ? List.of() : entry.terms();
  }

  /** An erasure leaves kind, time and number to search by. */
  private SearchKeys keys(NewEntry entry) {
    return erasedBy.containsKey(entry.number().value()) ? SearchKeys.NONE : entry.search();
  }

  private static boolean isPart(SearchKeys asked, SearchKeys found) {
    return isPart(asked.identity(), found.identity())
        && isPart(asked.role(), found.role())
        && isPart(asked.keyFingerprint(), found.keyFingerprint())
        && isPart(asked.idempotencyKey(), found.idempotencyKey());
  }

  private static <T> boolean isPart(Optional<T> asked, Optional<T> found) {
    return asked.isEmpty() || asked.equals(found);
  }
}
