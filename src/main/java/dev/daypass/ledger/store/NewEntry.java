package dev.daypass.ledger.store;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/**
 * One entry of a batch, as it is stored.
 *
 * @param erases the entry whose details and search columns become a tombstone in the same commit
 */
public record NewEntry(
    EntryNumber number,
    Entry entry,
    Bytes encoded,
    Bytes details,
    SearchKeys search,
    Optional<EntryNumber> erases) {}
