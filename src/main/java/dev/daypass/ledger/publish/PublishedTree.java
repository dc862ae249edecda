package dev.daypass.ledger.publish;

import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.Opaque;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.EntryBundle;
import dev.daypass.tlog.tile.Tile;
import dev.daypass.tlog.tile.TilePath;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tiles and bundles as the store has them, up to the tree that was signed for: nothing is published
 * of entries whose checkpoint is not (C2SP tlog-tiles, section Partial Tiles).
 */
public final class PublishedTree {
  private final LedgerStore store;
  private final Supplier<TreeSize> signed;

  /**
   * @param signed the size of the newest signed tree
   */
  public PublishedTree(LedgerStore store, Supplier<TreeSize> signed) {
    this.store = store;
    this.signed = signed;
  }

  /** The content of that file; empty if no published tree has it. */
  public Optional<Bytes> file(TilePath path) throws StoreFailed {
    if (!path.existsIn(signed.get())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (path) {
            case TilePath.Entries(long index, int width) -> bundle(index, width);
            case TilePath.Hashes hashes -> tile(hashes);
          });
    } catch (StoredHashes.UncheckedStoreFailure e) {
      throw e.failure();
    }
  }

  /** The root of the tree when it had that size. */
  Hash root(TreeSize size) throws StoreFailed {
    try {
      return new TreeProver(new StoredHashes(store)).root(size);
    } catch (StoredHashes.UncheckedStoreFailure e) {
      throw e.failure();
    }
  }

  private Bytes tile(TilePath.Hashes path) throws StoreFailed {
    if (path.isFull()) {
      Optional<Bytes> stored = store.tile(path.level(), path.index());
      if (stored.isPresent()) {
        return stored.get();
      }
    }
    List<Hash> row = new StoredHashes(store).row(path.level(), path.index());
    require(row.size() >= path.width(), path);
    return Bytes.of(new Tile(row.subList(0, path.width())).encode());
  }

  private Bytes bundle(long index, int width) throws StoreFailed {
    EntryNumber first = new EntryNumber(index * TilePath.FULL_WIDTH);
    List<Bytes> leaves = store.leaves(first, width);
    require(leaves.size() == width, new TilePath.Entries(index, width));
    return Bytes.of(
        new EntryBundle(leaves.stream().map(leaf -> Opaque.of(leaf.toArray())).toList()).encode());
  }

  private static void require(boolean held, TilePath path) throws StoreFailed {
    if (!held) {
      throw new StoreFailed("the store lacks a part of " + path.path());
    }
  }
}
