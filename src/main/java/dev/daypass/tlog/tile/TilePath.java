package dev.daypass.tlog.tile;

import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeSize;

/**
 * The name of a tile or entry bundle: C2SP tlog-tiles, sections Merkle Tree and Log entries. Width
 * is {@link #FULL_WIDTH}, or less for a partial one.
 */
public sealed interface TilePath {
  /** Hashes in a full tile, entries in a full bundle. */
  int FULL_WIDTH = 256;

  /** Bits of an index that a level of tiles takes. */
  int HEIGHT = 8;

  /** Tile {@code index} of {@code level}, counted from the leaves. */
  record Hashes(int level, long index, int width) implements TilePath {
    public Hashes {
      if (level < 0 || level > TilePathParser.MAX_LEVEL) {
        throw new IllegalArgumentException("no tile level " + level);
      }
      TilePathParser.requireTile(index, width);
    }

    @Override
    public boolean existsIn(TreeSize size) {
      // Level 8 would hold hashes of 2^64 entries.
      return HEIGHT * level < Long.SIZE - 1
          && index * FULL_WIDTH + width <= size.value() >> (HEIGHT * level);
    }
  }

  /** Entry bundle {@code index}. */
  record Entries(long index, int width) implements TilePath {
    public Entries {
      TilePathParser.requireTile(index, width);
    }

    @Override
    public boolean existsIn(TreeSize size) {
      return index * FULL_WIDTH + width <= size.value();
    }
  }

  long index();

  int width();

  /** Whether a tree of this size, or one that it grew from, has this tile in this width. */
  boolean existsIn(TreeSize size);

  default boolean isFull() {
    return width() == FULL_WIDTH;
  }

  /**
   * Reads what follows the prefix and its slash; only the one spelling that {@link #path} makes.
   */
  static TilePath parse(String path) throws TlogFormatException {
    return new TilePathParser(path).parse();
  }

  /** {@code tile/<L>/<N>[.p/<W>]} or {@code tile/entries/<N>[.p/<W>]}. */
  default String path() {
    String kind =
        switch (this) {
          case Hashes hashes -> Integer.toString(hashes.level());
          case Entries _ -> TilePathParser.ENTRIES;
        };
    String suffix = isFull() ? "" : TilePathParser.PARTIAL + width();
    return TilePathParser.TILE + kind + "/" + TilePathParser.encodeIndex(index()) + suffix;
  }
}
