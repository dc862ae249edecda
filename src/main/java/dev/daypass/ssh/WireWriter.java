package dev.daypass.ssh;

import java.math.BigInteger;
import java.util.Arrays;

/** Writes the data types of RFC 4251 section 5 in order. Belongs to one method call. */
public final class WireWriter {
  private static final long MAX_UINT32 = 0xffff_ffffL;

  private byte[] content;
  private int size;

  public WireWriter() {
    this(256);
  }

  /** A writer with room for about this many bytes; it grows if they are more. */
  public WireWriter(int expectedBytes) {
    content = new byte[expectedBytes];
  }

  public WireWriter uint8(int value) {
    if (value < 0 || value > 0xff) {
      throw new IllegalArgumentException("not a byte: " + value);
    }
    return bigEndian(value, 1);
  }

  public WireWriter uint32(long value) {
    if (value < 0 || value > MAX_UINT32) {
      throw new IllegalArgumentException("not a uint32: " + value);
    }
    return bigEndian(value, 4);
  }

  /** All 64 bits as they are. */
  public WireWriter uint64(long bits) {
    return bigEndian(bits, 8);
  }

  public WireWriter string(Bytes value) {
    return uint32(value.size()).raw(value);
  }

  /** The UTF-8 form as a string; a lone surrogate is an {@link IllegalArgumentException}. */
  public WireWriter text(String value) {
    return string(Bytes.ofUtf8(value));
  }

  public WireWriter mpint(BigInteger value) {
    if (value.signum() < 0) {
      throw new IllegalArgumentException("negative mpint");
    }
    return string(value.signum() == 0 ? Bytes.EMPTY : Bytes.wrap(value.toByteArray()));
  }

  /** The bytes alone, without a length before them. */
  public WireWriter raw(Bytes value) {
    ensureRoom(value.size());
    System.arraycopy(value.unsafeArray(), 0, content, size, value.size());
    size += value.size();
    return this;
  }

  public int size() {
    return size;
  }

  public Bytes toBytes() {
    // A full array can be handed out: whatever is written after it goes into a larger one.
    return Bytes.wrap(size == content.length ? content : Arrays.copyOf(content, size));
  }

  private WireWriter bigEndian(long value, int bytes) {
    ensureRoom(bytes);
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      content[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void ensureRoom(int bytes) {
    if (bytes > content.length - size) {
      content = Arrays.copyOf(content, Math.max(2 * content.length, size + bytes));
    }
  }
}
