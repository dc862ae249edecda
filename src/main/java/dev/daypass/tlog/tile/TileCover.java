package dev.daypass.tlog.tile;

import dev.daypass.tlog.TreeSize;
import java.util.ArrayList;
import java.util.List;

/** Which tiles and bundles a tree consists of: C2SP tlog-tiles, section Partial Tiles. */
public final class TileCover {
  private TileCover() {}

  /**
   * Those that a tree of size {@code to} has and one of size {@code from} has not, in the order in
   * which to write them. From zero: all of the tree. A tree of 256 entries has a full tile on level
   * 0 and a partial one of width 1 on level 1.
   */
  public static List<TilePath> between(TreeSize from, TreeSize to) {
    List<TilePath> paths = new ArrayList<>();
    for (Span span : spans(from.value(), to.value())) {
      paths.add(new TilePath.Entries(span.index(), span.width()));
    }
    for (int level = 0; to.value() >> (TilePath.HEIGHT * level) > 0; level++) {
      long older = from.value() >> (TilePath.HEIGHT * level);
      long newer = to.value() >> (TilePath.HEIGHT * level);
      for (Span span : spans(older, newer)) {
        paths.add(new TilePath.Hashes(level, span.index(), span.width()));
      }
      if (TilePath.HEIGHT * (level + 1) >= Long.SIZE - 1) {
        break;
      }
    }
    return List.copyOf(paths);
  }

  private record Span(long index, int width) {}

  // Tiles over positions of one level, of which those below older were there before.
  private static List<Span> spans(long older, long newer) {
    List<Span> spans = new ArrayList<>();
    if (older < newer) {
      for (long index = older / TilePath.FULL_WIDTH; index * TilePath.FULL_WIDTH < newer; index++) {
        long left = newer - index * TilePath.FULL_WIDTH;
        spans.add(new Span(index, (int) Math.min(left, TilePath.FULL_WIDTH)));
      }
    }
    return spans;
  }
}
