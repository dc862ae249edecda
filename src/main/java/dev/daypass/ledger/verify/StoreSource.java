package dev.daypass.ledger.verify;

import dev.daypass.ledger.store.LedgerStore;
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

/** A ledger in its store, details and all. */
public record StoreSource(LedgerStore store) implements LedgerSource {
  @Override
  public TreeSize size() throws StoreFailed {
    return store.head().frontier().size();
  }

  @Override
  public List<StoredEntry> entries(EntryNumber from, int limit) throws StoreFailed {
    return store.entries(from, limit);
  }

  @Override
  public boolean withholdsDetails() {
    return false;
  }

  @Override
  public Optional<StoredHead> head() throws StoreFailed {
    return Optional.of(store.head());
  }

  /** Full tiles alone are stored. */
  @Override
  public boolean keepsTile(TilePath.Hashes path) {
    return path.isFull();
  }

  @Override
  public Optional<Bytes> tile(TilePath.Hashes path) throws StoreFailed {
    return store.tile(path.level(), path.index());
  }

  @Override
  public boolean agreesOnRoot(TilePath.Hashes path, Hash root) throws StoreFailed {
    return store.tileRoots(path.level(), path.index(), 1).equals(List.of(root));
  }

  @Override
  public Optional<String> checkpoint() throws StoreFailed {
    return store.checkpoint();
  }

  @Override
  public List<String> malformed() {
    return List.of();
  }
}
