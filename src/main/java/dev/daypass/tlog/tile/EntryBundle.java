package dev.daypass.tlog.tile;

import dev.daypass.tlog.Hash;
import dev.daypass.tlog.Opaque;
import dev.daypass.tlog.TlogFormatException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Up to 256 consecutive entries: C2SP tlog-tiles, section Log entries. */
public record EntryBundle(List<Opaque> entries) {
  /** The longest entry that a big-endian uint16 can announce. */
  public static final int MAX_ENTRY_BYTES = 0xffff;

  private static final int LENGTH_BYTES = 2;

  public EntryBundle {
    entries = List.copyOf(entries);
    if (entries.isEmpty() || entries.size() > TilePath.FULL_WIDTH) {
      throw new IllegalArgumentException("a bundle has 1 to 256 entries, not " + entries.size());
    }
    if (entries.stream().anyMatch(entry -> entry.size() > MAX_ENTRY_BYTES)) {
      throw new IllegalArgumentException("an entry has at most 65535 bytes");
    }
  }

  /** The file's content, which must hold exactly as many entries as its path says. */
  public static EntryBundle decode(byte[] content, int width) throws TlogFormatException {
    List<Opaque> entries = new ArrayList<>();
    int at = 0;
    while (entries.size() < width) {
      if (content.length - at < LENGTH_BYTES) {
        throw new TlogFormatException("bundle ends before an entry's length", at);
      }
      int length = ((content[at] & 0xff) << 8) | (content[at + 1] & 0xff);
      int start = at + LENGTH_BYTES;
      if (content.length - start < length) {
        throw new TlogFormatException("bundle ends within an entry", start);
      }
      at = start + length;
      entries.add(Opaque.of(Arrays.copyOfRange(content, start, at)));
    }
    if (at != content.length) {
      throw new TlogFormatException("bytes after the last entry", at);
    }
    return new EntryBundle(entries);
  }

  public byte[] encode() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (Opaque entry : entries) {
      content.write(entry.size() >> 8);
      content.write(entry.size());
      content.writeBytes(entry.toArray());
    }
    return content.toByteArray();
  }

  /** What the tile of level 0 beside this bundle holds. */
  public Tile leafHashes() {
    return new Tile(entries.stream().map(entry -> Hash.leaf(entry.toArray())).toList());
  }
}
