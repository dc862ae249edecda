package dev.daypass.volume;

import java.util.Arrays;

/** Bytes that grow. */
final class Content {
  private byte[] bytes;
  private int length;

  Content(byte[] content) {
    this.bytes = content.clone();
    this.length = content.length;
  }

  void write(int offset, byte[] source, int from, int to) {
    int end = offset + to - from;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(source, from, bytes, offset, to - from);
    length = Math.max(length, end);
  }

  void truncate(int newLength) {
    if (newLength < length) {
      // What lies behind the end is zeros, should the file grow again.
      Arrays.fill(bytes, newLength, length, (byte) 0);
    } else if (newLength > bytes.length) {
      bytes = Arrays.copyOf(bytes, newLength);
    }
    length = newLength;
  }

  Content copy() {
    return new Content(toArray());
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }
}
