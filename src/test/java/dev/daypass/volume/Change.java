package dev.daypass.volume;

import java.util.BitSet;

/**
 * A change of a file that is not synced yet: bytes at an offset, or a new length.
 *
 * @see #number() its place among all changes of the volume
 */
final class Change {
  private final long number;
  private final int offset;
  private final byte[] bytes;
  private final boolean truncates;

  private Change(long number, long offset, byte[] bytes, boolean truncates) {
    this.number = number;
    this.offset = Math.toIntExact(offset);
    this.bytes = bytes.clone();
    this.truncates = truncates;
  }

  static Change write(long number, long offset, byte[] bytes) {
    return new Change(number, offset, bytes, false);
  }

  static Change truncate(long number, long length) {
    return new Change(number, length, new byte[0], true);
  }

  long number() {
    return number;
  }

  /** How many sectors it touches; a new length touches none. */
  int sectors() {
    return bytes.length == 0 ? 0 : lastSector() - firstSector() + 1;
  }

  void applyTo(Content content) {
    if (truncates) {
      content.truncate(offset);
    } else {
      content.write(offset, bytes, 0, bytes.length);
    }
  }

  /** As far as it lies in these of its sectors. */
  void applyTo(Content content, BitSet kept) {
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      int sector = (firstSector() + i) * Volume.SECTOR_BYTES;
      int from = Math.max(offset, sector);
      int to = Math.min(offset + bytes.length, sector + Volume.SECTOR_BYTES);
      content.write(from, bytes, from - offset, to - offset);
    }
  }

  private int firstSector() {
    return offset / Volume.SECTOR_BYTES;
  }

  private int lastSector() {
    return (offset + bytes.length - 1) / Volume.SECTOR_BYTES;
  }
}
