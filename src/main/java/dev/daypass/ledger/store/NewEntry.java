package dev.daypass.ledger.store;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.util.List;

/**
 * One entry of a batch, as it is stored.
 *
 * @param terms what else it is found by, see {@link EntryTerms}
 * @param erases the entries whose details and search columns become tombstones in the same commit
 */
public record NewEntry(
    EntryNumber number,
    Entry entry,
    Bytes encoded,
    Bytes details,
    SearchKeys search,
    List<String> terms,
    List<EntryNumber> erases) {
  public NewEntry {
    terms = List.copyOf(terms);
    erases = List.copyOf(erases);
  }
}
