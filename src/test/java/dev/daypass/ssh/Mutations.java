package dev.daypass.ssh;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Damaged copies of good input, the same ones in each run. */
public final class Mutations {
  private static final int MAX_CHANGES = 4;

  private final RandomGenerator random;

  public Mutations(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** The input with one to four bytes changed, cut out, put in, or with its end cut off. */
  public Bytes damaged(Bytes input) {
    Bytes changed = input;
    for (int i = random.nextInt(MAX_CHANGES); i >= 0; i--) {
      changed = change(changed);
    }
    return changed;
  }

  private Bytes change(Bytes input) {
    if (input.isEmpty()) {
      return Bytes.ofHex("00");
    }
    int at = random.nextInt(input.size());
    Bytes before = input.slice(0, at);
    Bytes after = input.slice(at + 1, input.size());
    return switch (random.nextInt(5)) {
      case 0 -> before.concat(after);
      case 1 -> before;
      case 2 -> before.concat(oneByte(random.nextInt(256))).concat(input.slice(at, input.size()));
      case 3 -> before.concat(oneByte(input.byteAt(at) ^ (1 << random.nextInt(8)))).concat(after);
      default -> before.concat(oneByte(random.nextInt(256))).concat(after);
    };
  }

  private static Bytes oneByte(int value) {
    return Bytes.of(new byte[] {(byte) value});
  }
}
