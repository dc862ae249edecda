package dev.daypass.login;

/** A growing set of 64-bit hashes in one array: 16 bytes for each or less. Not thread-safe. */
final class LongSet {
  private static final int INITIAL_SLOTS = 16;

  /** A power of two long; 0 marks a free slot, so the value 0 is kept as 1. */
  private long[] slots = new long[INITIAL_SLOTS];

  private int size;

  int size() {
    return size;
  }

  boolean contains(long value) {
    return slots[slot(slots, stored(value))] != 0;
  }

  void add(long value) {
    if (size >= slots.length / 2) {
      grow();
    }
    int slot = slot(slots, stored(value));
    if (slots[slot] == 0) {
      slots[slot] = stored(value);
      size++;
    }
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long value : slots) {
      if (value != 0) {
        larger[slot(larger, value)] = value;
      }
    }
    slots = larger;
  }

  /** Where the value stands, or the free slot where it would. */
  private static int slot(long[] slots, long value) {
    int mask = slots.length - 1;
    // The upper half: the lowest bits chose the shard and are the same for all.
    int slot = (int) (value >>> Integer.SIZE) & mask;
    while (slots[slot] != 0 && slots[slot] != value) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long stored(long value) {
    return value == 0 ? 1 : value;
  }
}
