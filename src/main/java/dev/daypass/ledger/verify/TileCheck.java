package dev.daypass.ledger.verify;

import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.tile.TilePath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds every tile again, bottom up (C2SP tlog-tiles), and compares it with the source's. */
final class TileCheck {
  private final LedgerSource source;
  private final Consumer<LedgerFault> faults;
  private final List<Level> levels = new ArrayList<>();

  TileCheck(LedgerSource source, Consumer<LedgerFault> faults) {
    this.source = source;
    this.faults = faults;
  }

  /** The next leaf hash of the tree. */
  void add(Hash leaf) throws StoreFailed {
    add(0, leaf);
  }

  /** All leaves were added: what is left are the partial tiles. */
  void finish() throws StoreFailed {
    for (int height = 0; height < levels.size(); height++) {
      Level level = levels.get(height);
      if (!level.hashes.isEmpty()) {
        compare(height, level, Optional.empty());
      }
    }
  }

  private void add(int height, Hash hash) throws StoreFailed {
    if (height == levels.size()) {
      levels.add(new Level());
    }
    Level level = levels.get(height);
    level.hashes.add(hash);
    if (level.hashes.size() < TilePath.FULL_WIDTH) {
      return;
    }
    Hash root = root(level.hashes);
    compare(height, level, Optional.of(root));
    level.hashes.clear();
    level.index++;
    add(height + 1, root);
  }

  private void compare(int height, Level level, Optional<Hash> root) throws StoreFailed {
    ByteBuffer bytes = ByteBuffer.allocate(level.hashes.size() * Hash.SIZE);
    level.hashes.forEach(hash -> bytes.put(hash.toArray()));
    TilePath.Hashes path = new TilePath.Hashes(height, level.index, level.hashes.size());
    if (!source.keepsTile(path)) {
      return;
    }
    Bytes computed = Bytes.of(bytes.array());
    Optional<Bytes> found = source.tile(path);
    boolean rootAgrees = root.isEmpty() || source.agreesOnRoot(path, root.get());
    if (!found.equals(Optional.of(computed)) || !rootAgrees) {
      faults.accept(
          LedgerFault.ofLedger(
              "tile " + height + "/" + level.index + " is missing or is not its tree's"));
    }
    if (height == 0) {
      found
          .filter(content -> content.size() == computed.size())
          .ifPresent(content -> nameEntries(content, computed, level));
    }
  }

  /** A tile of leaf hashes says which entries are not those that were hashed. */
  private void nameEntries(Bytes found, Bytes computed, Level level) {
    for (int at = 0; at < level.hashes.size(); at++) {
      int from = at * Hash.SIZE;
      int to = from + Hash.SIZE;
      if (!found.slice(from, to).equals(computed.slice(from, to))) {
        faults.accept(
            LedgerFault.of(
                level.index * TilePath.FULL_WIDTH + at, "its hash is not the one in its tile"));
      }
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
    private final List<Hash> hashes = new ArrayList<>(TilePath.FULL_WIDTH);
    private long index;
  }
}
