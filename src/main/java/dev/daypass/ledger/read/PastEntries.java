package dev.daypass.ledger.read;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads entries of one kind from the newest back, a page at a time, whatever the ledger's size. */
public final class PastEntries {
  private static final int PAGE = 1000;

  private final LedgerStore store;

  public PastEntries(LedgerStore store) {
    this.store = store;
  }

  /** Takes one entry. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Is told of one.
     *
     * @param details empty where they were erased or cannot be read
     */
    void take(EntryNumber number, Instant at, JsonObject details);
  }

  /** Reads those of a kind that were written at that moment or later. */
  public void since(Instant since, EntryKind kind, Reader reader) throws StoreFailed {
    Optional<Long> before = Optional.empty();
    List<EntryNumber> page;
    do {
      page =
          store.search(
              new EntrySearch(
                  Optional.of(kind),
                  SearchKeys.NONE,
                  Optional.empty(),
                  Optional.empty(),
                  before,
                  PAGE));
      for (EntryNumber number : page) {
        StoredEntry stored = store.entry(number).orElseThrow();
        Instant at = at(stored);
        if (at.isBefore(since)) {
          return; // times never fall
        }
        reader.take(number, at, details(stored));
        before = Optional.of(number.value());
      }
    } while (page.size() == PAGE);
  }

  private static Instant at(StoredEntry stored) throws StoreFailed {
    try {
      return Entry.decode(stored.entry()).at();
    } catch (EntryFormatException e) {
      throw new StoreFailed("entry " + stored.number() + " cannot be read", e);
    }
  }

  private static JsonObject details(StoredEntry stored) {
    try {
      return stored.details().isEmpty()
          ? JsonObject.EMPTY
          : CanonicalJson.decodeObject(stored.details().get());
    } catch (JsonFormatException _) {
      return JsonObject.EMPTY;
    }
  }
}
