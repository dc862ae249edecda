package dev.daypass.signer;

import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The checkpoints that a signer signed lately, and which of the entries that each one added were
 * used for a certificate. It lives in memory only: after a restart nothing below the head is open.
 *
 * <p>It is bounded, so that an entry is open for moments and not forever, yet long enough for
 * requests that are under way while newer checkpoints are signed. One thread adds, any number look
 * up and take.
 */
final class SigningWindow {
  /** At 500 checkpoints a second, eight seconds of them: longer than witnesses are waited for. */
  static final int MAX_CHECKPOINTS = 4096;

  /** Entries open at once; a checkpoint that alone adds more (catching up) opens none of them. */
  static final long MAX_OPEN_ENTRIES = 1L << 20;

  /** What became of an entry's one chance to be signed. */
  enum Claim {
    GRANTED,
    NOT_OPEN,
    TAKEN_BEFORE
  }

  /** By the size of the checkpoint's tree. */
  private final ConcurrentSkipListMap<Long, Step> steps = new ConcurrentSkipListMap<>();

  /** Number of steps; used by the adding thread alone. */
  private int count;

  /** Size of the newest checkpoint; used by the adding thread alone. */
  private long newest;

  SigningWindow(TreeSize headAtStart) {
    this.newest = headAtStart.value();
  }

  /** Opens the entries between the newest checkpoint and this one. */
  void add(TreeSize size, Hash root) {
    long to = size.value();
    if (steps.containsKey(to)) {
      return;
    }
    steps.put(to, Step.between(to - newest > MAX_OPEN_ENTRIES ? to : newest, to, root));
    newest = to;
    count++;
    while (count > MAX_CHECKPOINTS || to - steps.firstEntry().getValue().from > MAX_OPEN_ENTRIES) {
      steps.pollFirstEntry();
      count--;
    }
  }

  /** The root of the checkpoint of that size, if it was signed lately. */
  Optional<Hash> root(TreeSize size) {
    return Optional.ofNullable(steps.get(size.value())).map(step -> step.root);
  }

  /** Takes an entry's one chance; of any number of threads exactly one is granted it. */
  Claim claim(EntryNumber number) {
    Map.Entry<Long, Step> next = steps.higherEntry(number.value());
    if (next == null || number.value() < next.getValue().from) {
      return Claim.NOT_OPEN;
    }
    return next.getValue().take(number.value()) ? Claim.GRANTED : Claim.TAKEN_BEFORE;
  }

  /** One checkpoint and a bit for each entry that it added. */
  private record Step(long from, Hash root, AtomicLongArray taken) {
    static Step between(long from, long to, Hash root) {
      long words = (to - from + Long.SIZE - 1) / Long.SIZE;
      return new Step(from, root, new AtomicLongArray(Math.toIntExact(words)));
    }

    boolean take(long index) {
      long bit = index - from;
      long mask = 1L << bit;
      return (taken.getAndAccumulate((int) (bit / Long.SIZE), mask, (a, b) -> a | b) & mask) == 0;
    }
  }
}
