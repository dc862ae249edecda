package dev.daypass.tlog.tile;

import dev.daypass.tlog.Hash;
import dev.daypass.tlog.HashReader;
import dev.daypass.tlog.TlogFormatException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Up to 256 consecutive hashes of one level: C2SP tlog-tiles, section Merkle Tree. */
public record Tile(List<Hash> hashes) {
  public Tile {
    hashes = List.copyOf(hashes);
    if (hashes.isEmpty() || hashes.size() > TilePath.FULL_WIDTH) {
      throw new IllegalArgumentException("a tile has 1 to 256 hashes, not " + hashes.size());
    }
  }

  /** The tile of a stored tree that has it. */
  public static Tile read(TilePath.Hashes path, HashReader tree) {
    List<Hash> hashes = new ArrayList<>(path.width());
    long first = path.index() * TilePath.FULL_WIDTH;
    for (int i = 0; i < path.width(); i++) {
      hashes.add(tree.subtree(TilePath.HEIGHT * path.level(), first + i));
    }
    return new Tile(hashes);
  }

  /** The file's content; its length must be that of the width its path says. */
  public static Tile decode(byte[] content, int width) throws TlogFormatException {
    if (width < 1 || width > TilePath.FULL_WIDTH) {
      throw new IllegalArgumentException("no tile width " + width);
    }
    if (content.length != width * Hash.SIZE) {
      throw new TlogFormatException(
          "a tile of width " + width + " has not " + content.length + " bytes",
          Math.min(content.length, width * Hash.SIZE));
    }
    List<Hash> hashes = new ArrayList<>(width);
    for (int at = 0; at < content.length; at += Hash.SIZE) {
      hashes.add(Hash.of(Arrays.copyOfRange(content, at, at + Hash.SIZE)));
    }
    return new Tile(hashes);
  }

  public byte[] encode() {
    ByteArrayOutputStream content = new ByteArrayOutputStream(hashes.size() * Hash.SIZE);
    hashes.forEach(hash -> content.writeBytes(hash.toArray()));
    return content.toByteArray();
  }

  /**
   * The root over the hashes {@code [index * 2^height, (index + 1) * 2^height)} of this tile. Of
   * height 8 and index 0 it is the hash in the level above.
   */
  public Hash subtree(int height, int index) {
    if (height == 0) {
      return hashes.get(index);
    }
    return Hash.node(subtree(height - 1, 2 * index), subtree(height - 1, 2 * index + 1));
  }
}
