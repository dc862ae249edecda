package dev.daypass.ledger.verify;

import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds every full tile again, bottom up (C2SP tlog-tiles), and compares it with the stored. */
final class TileCheck {
  private static final int WIDTH = 256;

  private final LedgerStore store;
  private final List<LedgerFault> faults;
  private final List<Level> levels = new ArrayList<>();

  TileCheck(LedgerStore store, List<LedgerFault> faults) {
    this.store = store;
    this.faults = faults;
  }

  /** The next leaf hash of the tree. */
  void add(Hash leaf) throws StoreFailed {
    add(0, leaf);
  }

  private void add(int height, Hash hash) throws StoreFailed {
    if (height == levels.size()) {
      levels.add(new Level());
    }
    Level level = levels.get(height);
    level.hashes.add(hash);
    if (level.hashes.size() < WIDTH) {
      return;
    }
    Hash root = root(level.hashes);
    compare(height, level.index, level.hashes, root);
    level.hashes.clear();
    level.index++;
    add(height + 1, root);
  }

  private void compare(int height, long index, List<Hash> hashes, Hash root) throws StoreFailed {
    ByteBuffer bytes = ByteBuffer.allocate(WIDTH * Hash.SIZE);
    hashes.forEach(hash -> bytes.put(hash.toArray()));
    Optional<Bytes> stored = store.tile(height, index);
    List<Hash> roots = store.tileRoots(height, index, 1);
    if (!stored.equals(Optional.of(Bytes.of(bytes.array()))) || !roots.equals(List.of(root))) {
      faults.add(
          LedgerFault.ofLedger(
              "tile " + height + "/" + index + " is missing or is not its tree's"));
    }
  }

  private static Hash root(List<Hash> hashes) {
    List<Hash> row = hashes;
    while (row.size() > 1) {
      List<Hash> parents = new ArrayList<>(row.size() / 2);
      for (int i = 0; i < row.size(); i += 2) {
        parents.add(Hash.node(row.get(i), row.get(i + 1)));
      }
      row = parents;
    }
    return row.getFirst();
  }

  private static final class Level {
    private final List<Hash> hashes = new ArrayList<>(WIDTH);
    private long index;
  }
}
