package dev.daypass.revocation.live;

import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.revocation.RevocationDetails;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads back what was written, the newest first, no further than it matters. */
record PastEntries(Ledger ledger) {
  private static final int PAGE = 1000;

  /** Takes one entry; its details are empty if they were erased or cannot be read. */
  @FunctionalInterface
  interface Reader {
    void take(EntryNumber number, Entry entry, Optional<JsonObject> details);
  }

  /** Entries of a kind that were written since that moment. */
  void of(EntryKind kind, Instant since, Reader reader) throws LedgerUnavailable {
    read(kind, SearchKeys.NONE, since, reader);
  }

  /** Revocations that hold for good, of whatever age. */
  void standing(Reader reader) throws LedgerUnavailable {
    read(EntryKind.REVOCATION_ADDED, RevocationDetails.standing(), Instant.MIN, reader);
  }

  private void read(EntryKind kind, SearchKeys keys, Instant since, Reader reader)
      throws LedgerUnavailable {
    Optional<Long> before = Optional.empty();
    List<EntryNumber> page;
    do {
      // Times never fall, so the first one that is too old ends it: no bound in the search itself,
      // which would walk through all that is older.
      page =
          ledger.search(
              new EntrySearch(
                  Optional.of(kind), keys, Optional.empty(), Optional.empty(), before, PAGE));
      for (EntryNumber number : page) {
        Optional<Entry> entry = ledger.entry(number);
        if (entry.isEmpty() || entry.get().at().isBefore(since)) {
          return;
        }
        reader.take(number, entry.get(), ledger.details(number).flatMap(PastEntries::decoded));
        before = Optional.of(number.value());
      }
    } while (page.size() == PAGE);
  }

  private static Optional<JsonObject> decoded(Bytes details) {
    try {
      return Optional.of(CanonicalJson.decodeObject(details));
    } catch (JsonFormatException _) {
      return Optional.empty();
    }
  }

  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
