package dev.daypass.ssh;

import java.math.BigInteger;

/**
 * Reads the data types of RFC 4251 section 5 in order. Every length must lie inside the input; each
 * failure names its offset. Belongs to one method call, not to threads.
 */
public final class WireReader {
  private final Bytes input;
  private final byte[] content;
  private final int end;
  private int offset;

  private WireReader(Bytes input, int offset, int end) {
    this.input = input;
    this.content = input.unsafeArray();
    this.offset = offset;
    this.end = end;
  }

  public static WireReader of(Bytes input) {
    return new WireReader(input, 0, input.size());
  }

  /** Where the next value begins in the outermost input. */
  public int offset() {
    return offset;
  }

  public int remaining() {
    return end - offset;
  }

  public int uint8() throws SshFormatException {
    require(1);
    return content[offset++] & 0xff;
  }

  public long uint32() throws SshFormatException {
    return bigEndian(4);
  }

  /** All 64 bits: compare and print the result as unsigned. */
  public long uint64() throws SshFormatException {
    return bigEndian(8);
  }

  public Bytes string() throws SshFormatException {
    int length = length();
    int start = offset;
    offset += length;
    return input.slice(start, offset);
  }

  /** A reader of what the next string holds; this one goes on behind it. */
  public WireReader nested() throws SshFormatException {
    int length = length();
    int start = offset;
    offset += length;
    return new WireReader(input, start, offset);
  }

  /** A string that must be UTF-8. */
  public String text() throws SshFormatException {
    int start = offset;
    Bytes bytes = string();
    try {
      return bytes.utf8();
    } catch (SshFormatException e) {
      throw new SshFormatException("string is not UTF-8", start, e);
    }
  }

  /** A non-negative mpint in its one shortest form: no needless leading zero. */
  public BigInteger mpint() throws SshFormatException {
    int start = offset;
    byte[] magnitude = string().unsafeArray();
    if (magnitude.length == 0) {
      return BigInteger.ZERO;
    }
    if (magnitude[0] < 0) {
      throw new SshFormatException("mpint is negative", start);
    }
    if (magnitude[0] == 0 && (magnitude.length == 1 || magnitude[1] >= 0)) {
      throw new SshFormatException("mpint has a needless leading zero", start);
    }
    return new BigInteger(magnitude);
  }

  /** Exactly this many bytes, without a length before them. */
  public Bytes raw(int length) throws SshFormatException {
    require(length);
    int start = offset;
    offset += length;
    return input.slice(start, offset);
  }

  public void requireEnd() throws SshFormatException {
    if (offset != end) {
      throw new SshFormatException(remaining() + " bytes left over", offset);
    }
  }

  private int length() throws SshFormatException {
    int start = offset;
    long length = uint32();
    if (length > remaining()) {
      throw new SshFormatException("length " + length + " passes the end", start);
    }
    return (int) length;
  }

  private long bigEndian(int bytes) throws SshFormatException {
    require(bytes);
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (content[offset++] & 0xff);
    }
    return value;
  }

  private void require(int bytes) throws SshFormatException {
    if (remaining() < bytes) {
      throw new SshFormatException("input ends early", offset);
    }
  }
}
