package dev.daypass.ledger.verify;

import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.TilePath;
import java.util.List;
import java.util.Optional;

/**
 * Where a verification reads a ledger: a store, published files, an export. It is read once and in
 * order, by one thread at a time. What is malformed in it is a fault, and not an exception.
 */
public interface LedgerSource {
  /** How many entries it claims to have. */
  TreeSize size() throws StoreFailed;

  /** The next entries in order, fewer than asked for only where some are missing. */
  List<StoredEntry> entries(EntryNumber from, int limit) throws StoreFailed;

  /** Whether it never has details, so that their absence says nothing. */
  boolean withholdsDetails();

  /** The frontier and newest time that it remembers beside the entries, if it does. */
  Optional<StoredHead> head() throws StoreFailed;

  /** Whether it is to have this tile. */
  boolean keepsTile(TilePath.Hashes path);

  /** Its content of that tile. */
  Optional<Bytes> tile(TilePath.Hashes path) throws StoreFailed;

  /** Whether the root that it keeps of a full tile, if it keeps one, is this one. */
  boolean agreesOnRoot(TilePath.Hashes path, Hash root) throws StoreFailed;

  /** The checkpoint that it brings along, as a signed note. */
  Optional<String> checkpoint() throws StoreFailed;

  /** What was found malformed so far, beside what the entries themselves tell. */
  List<String> malformed();
}
