package dev.daypass.tlog;

/** The number of entries in a tree. */
public record TreeSize(long value) implements Comparable<TreeSize> {
  public static final TreeSize ZERO = new TreeSize(0);

  public TreeSize {
    if (value < 0) {
      throw new IllegalArgumentException("negative tree size " + value);
    }
  }

  public boolean isEmpty() {
    return value == 0;
  }

  public boolean contains(EntryNumber number) {
    return number.value() < value;
  }

  /** The number that the next appended entry gets. */
  public EntryNumber nextEntry() {
    return new EntryNumber(value);
  }

  public TreeSize plus(int entries) {
    return new TreeSize(Math.addExact(value, entries));
  }

  @Override
  public int compareTo(TreeSize other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
