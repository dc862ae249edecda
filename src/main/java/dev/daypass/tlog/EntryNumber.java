package dev.daypass.tlog;

/** The zero-based position of an entry in the ledger: a leaf index of RFC 6962 section 2.1. */
public record EntryNumber(long value) implements Comparable<EntryNumber> {
  public EntryNumber {
    if (value < 0) {
      throw new IllegalArgumentException("negative entry number " + value);
    }
  }

  /** The number of the entry after this one. */
  public EntryNumber next() {
    return new EntryNumber(Math.addExact(value, 1));
  }

  @Override
  public int compareTo(EntryNumber other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
