package dev.daypass.krl;

import dev.daypass.cert.Serial;

/**
 * Serials without a gap, both ends included. Serial 0 is refused: sshd would refuse everybody by a
 * list that has it (PROTOCOL.krl, section 4.2; a certificate of serial 0 has none).
 */
public record SerialRange(Serial first, Serial last) {
  public SerialRange {
    if (first.bits() == 0) {
      throw new IllegalArgumentException("serial 0 cannot be revoked by its serial");
    }
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException("a range ends before it begins");
    }
  }

  public boolean contains(Serial serial) {
    return first.compareTo(serial) <= 0 && serial.compareTo(last) <= 0;
  }

  /** How many serials; from 2^63 on it is to be read as unsigned. */
  long size() {
    return last.bits() - first.bits() + 1;
  }

  /** Whether the other one begins inside this one or right behind it. */
  boolean reaches(SerialRange other) {
    return other.first.compareTo(last) <= 0 || other.first.bits() - 1 == last.bits();
  }

  SerialRange upTo(Serial end) {
    return end.compareTo(last) <= 0 ? this : new SerialRange(first, end);
  }
}
