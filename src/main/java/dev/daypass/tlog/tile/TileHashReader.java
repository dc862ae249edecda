package dev.daypass.tlog.tile;

import dev.daypass.tlog.Hash;
import dev.daypass.tlog.HashReader;
import dev.daypass.tlog.TreeSize;
import java.util.function.Function;

/** Reads a tree from its tiles, as a mirror or a verifier holds them. */
public final class TileHashReader implements HashReader {
  private final TreeSize size;
  private final Function<TilePath.Hashes, Tile> tiles;

  /**
   * @param size of the tree whose tiles these are: it says how wide the last of a level is
   * @param tiles fetches a tile of exactly the width of its path
   */
  public TileHashReader(TreeSize size, Function<TilePath.Hashes, Tile> tiles) {
    this.size = size;
    this.tiles = tiles;
  }

  @Override
  public Hash subtree(int level, long index) {
    int tileLevel = level / TilePath.HEIGHT;
    int height = level % TilePath.HEIGHT;
    long first = index << height;
    long tile = first / TilePath.FULL_WIDTH;
    long hashesOnLevel = size.value() >> (TilePath.HEIGHT * tileLevel);
    long width = Math.min(TilePath.FULL_WIDTH, hashesOnLevel - tile * TilePath.FULL_WIDTH);
    int within = (int) (first % TilePath.FULL_WIDTH) >> height;
    if ((within + 1L) << height > width) {
      throw new IllegalArgumentException("a tree of size " + size + " lacks this subtree");
    }
    return tiles.apply(new TilePath.Hashes(tileLevel, tile, (int) width)).subtree(height, within);
  }
}
