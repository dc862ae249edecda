package dev.daypass.cert;

/**
 * A certificate's serial number: an unsigned 64-bit integer.
 *
 * @param bits the 64 bits; negative as a Java long from 2^63 on
 */
public record Serial(long bits) implements Comparable<Serial> {
  /** What a certificate has before the ledger numbers it; never signed. */
  public static final Serial UNASSIGNED = new Serial(0);

  /** Reads an unsigned decimal without sign or leading zeros. */
  public static Serial parse(String decimal) {
    Serial serial = new Serial(Long.parseUnsignedLong(decimal));
    if (!serial.toString().equals(decimal)) {
      throw new NumberFormatException("a serial is a plain decimal");
    }
    return serial;
  }

  @Override
  public int compareTo(Serial other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(bits);
  }
}
