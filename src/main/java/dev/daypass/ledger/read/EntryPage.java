package dev.daypass.ledger.read;

import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.Optional;

/**
 * Some of the entries that were asked for, the newest first.
 *
 * @param next before which entry the next page begins; empty if there is nothing more. A page may
 *     have fewer entries than were asked for, even none, and yet have a next one: it looked through
 *     as many as one page may
 */
public record EntryPage(List<ReadEntry> entries, Optional<EntryNumber> next) {
  public EntryPage {
    entries = List.copyOf(entries);
  }
}
