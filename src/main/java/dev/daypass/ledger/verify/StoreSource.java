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
import org.jspecify.annotations.Nullable;

/**
 * A ledger in its store, details and all: as far as it was when first looked at, since a daemon may
 * be writing meanwhile.
 */
public final class StoreSource implements LedgerSource {
  private final LedgerStore store;
  private @Nullable Moment moment;

  public StoreSource(LedgerStore store) {
    this.store = store;
  }

  /** The checkpoint comes first: one that was read later could be of entries after the head. */
  private record Moment(Optional<String> checkpoint, StoredHead head) {}

  private Moment moment() throws StoreFailed {
    if (moment == null) {
      Optional<String> checkpoint = store.checkpoint();
      moment = new Moment(checkpoint, store.head());
    }
    return moment;
  }

  @Override
  public TreeSize size() throws StoreFailed {
    return moment().head().frontier().size();
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
    return Optional.of(moment().head());
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
    return moment().checkpoint();
  }

  @Override
  public List<String> malformed() {
    return List.of();
  }
}
