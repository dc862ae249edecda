package dev.daypass.volume;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What one crash takes of that which was not synced. For one use. */
public final class Loss {
  private static final int PERCENT = 100;

  private final Random random;
  private final int keptPercent;
  private final boolean tears;
  private Optional<Change> torn = Optional.empty();

  private Loss(Random random, int keptPercent, boolean tears) {
    this.random = random;
    this.keptPercent = keptPercent;
    this.tears = tears;
  }

  /** Nothing: the process died, the machine did not. */
  public static Loss nothing() {
    return new Loss(new Random(0), PERCENT, false);
  }

  /** Whatever was not synced. */
  public static Loss everything() {
    return new Loss(new Random(0), 0, false);
  }

  /** Each change by chance; how many of them, by chance as well. */
  public static Loss some(Random random) {
    return new Loss(random, random.nextInt(PERCENT + 1), false);
  }

  /** As {@link #some}, and of one write some sectors. */
  public static Loss torn(Random random) {
    return new Loss(random, random.nextInt(PERCENT + 1), true);
  }

  void chooseTorn(List<Change> unsynced) {
    List<Change> wide = unsynced.stream().filter(change -> change.sectors() > 1).toList();
    if (tears && !wide.isEmpty()) {
      torn = Optional.of(wide.get(random.nextInt(wide.size())));
    }
  }

  boolean keeps() {
    return random.nextInt(PERCENT) < keptPercent;
  }

  boolean tears(Change change) {
    return torn.filter(change::equals).isPresent();
  }

  /** Some of so many sectors: one at least, and not all. */
  BitSet sectors(int count) {
    BitSet kept = new BitSet(count);
    for (int i = 0; i < count; i++) {
      kept.set(i, random.nextBoolean());
    }
    int lost = random.nextInt(count);
    kept.set((lost + 1) % count);
    kept.clear(lost);
    return kept;
  }
}
