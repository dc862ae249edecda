package dev.daypass.ledger.store;

import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/**
 * One entry as it is read back.
 *
 * @param details empty if they were erased
 */
public record StoredEntry(EntryNumber number, Bytes entry, Optional<Bytes> details) {}
