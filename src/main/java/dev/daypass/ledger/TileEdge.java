package dev.daypass.ledger;

import dev.daypass.ledger.store.FullTile;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Growth;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.TilePath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The unfinished tile of each level, at the right edge of the tree (C2SP tlog-tiles, "Merkle
 * Tree"). Tiles are stored when they are full; until then their hashes are here.
 *
 * @param rows for each tile level the hashes of its unfinished tile, fewer than 256 each
 */
record TileEdge(List<List<Hash>> rows) {
  TileEdge {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The edge of a stored tree: one read a tile level. */
  static TileEdge read(TreeSize size, StoredHashes hashes) {
    List<List<Hash>> rows = new ArrayList<>();
    int level = 0;
    for (long left = size.value(); left > 0; left >>= TilePath.HEIGHT) {
      int width = (int) (left % TilePath.FULL_WIDTH);
      rows.add(
          width == 0 ? List.of() : hashes.row(level, left / TilePath.FULL_WIDTH).subList(0, width));
      level++;
    }
    return new TileEdge(rows);
  }

  /** The edge after the tree grew, and the tiles that became full by it. */
  Advance advance(Growth growth) {
    List<List<Hash>> grown = new ArrayList<>();
    rows.forEach(row -> grown.add(new ArrayList<>(row)));
    Map<Position, Hash> roots = new HashMap<>();
    List<Filled> filled = new ArrayList<>();
    for (Growth.Subtree subtree : growth.completed()) {
      if (subtree.level() % TilePath.HEIGHT != 0) {
        continue;
      }
      int level = subtree.level() / TilePath.HEIGHT;
      if (level > 0) {
        roots.put(new Position(level - 1, subtree.index()), subtree.hash());
      }
      if (level == grown.size()) {
        grown.add(new ArrayList<>());
      }
      List<Hash> row = grown.get(level);
      row.add(subtree.hash());
      if (row.size() == TilePath.FULL_WIDTH) {
        filled.add(
            new Filled(new Position(level, subtree.index() / TilePath.FULL_WIDTH), concat(row)));
        row.clear();
      }
    }
    List<FullTile> tiles =
        filled.stream()
            .map(tile -> {
              // A tile is full exactly when the subtree over it is complete.
              Hash root = roots.get(tile.position());
              if (root == null) {
                throw new IllegalStateException("a full tile without a root");
              }
              return new FullTile(
                  tile.position().level(), tile.position().index(), tile.hashes(), root);
            })
            .toList();
    return new Advance(new TileEdge(grown), tiles);
  }

  private static Bytes concat(List<Hash> hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * Hash.SIZE);
    hashes.forEach(hash -> bytes.put(hash.toArray()));
    return Bytes.of(bytes.array());
  }

  record Advance(TileEdge edge, List<FullTile> tiles) {}

  private record Position(int level, long index) {}

  private record Filled(Position position, Bytes hashes) {}
}
