package dev.daypass.ledger.store;

import dev.daypass.ledger.entry.EntryKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A question to the search columns; what is empty is not asked.
 *
 * @param term what else must stand in the details, see {@link EntryTerms}
 * @param before only entries with a smaller number: for turning pages
 * @param limit how many at most, 1 to 1000; newest first
 */
public record EntrySearch(
    Optional<EntryKind> kind,
    SearchKeys keys,
    Optional<String> term,
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<Long> before,
    int limit) {
  public EntrySearch {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit outside 1 to 1000");
    }
  }

  public EntrySearch(
      Optional<EntryKind> kind,
      SearchKeys keys,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<Long> before,
      int limit) {
    this(kind, keys, Optional.empty(), from, until, before, limit);
  }

  /** The newest entries with these keys. */
  public static EntrySearch of(Optional<EntryKind> kind, SearchKeys keys, int limit) {
    return new EntrySearch(kind, keys, Optional.empty(), Optional.empty(), Optional.empty(), limit);
  }
}
