package dev.daypass.tlog;

import java.util.List;
import java.util.stream.IntStream;

/**
 * All of a tree that is needed to append to it: its size and its peaks, the roots of the perfect
 * subtrees into which RFC 6962 section 2.1 splits it, largest first.
 */
public final class Frontier {
  public static final Frontier EMPTY = new Frontier(TreeSize.ZERO, List.of());

  private final TreeSize size;
  private final List<Hash> peaks;

  private Frontier(TreeSize size, List<Hash> peaks) {
    this.size = size;
    this.peaks = peaks;
  }

  /** A frontier that was stored: one peak for each bit that is set in the size. */
  public static Frontier of(TreeSize size, List<Hash> peaks) {
    if (peaks.size() != Long.bitCount(size.value())) {
      throw new IllegalArgumentException(
          "a tree of size " + size + " has not " + peaks.size() + " peaks");
    }
    return new Frontier(size, List.copyOf(peaks));
  }

  /** The frontier of a stored tree, one read a peak. */
  public static Frontier read(TreeSize size, HashReader hashes) {
    List<Hash> peaks =
        levels(size).stream()
            .map(level -> hashes.subtree(level, (size.value() >> level) - 1))
            .toList();
    return new Frontier(size, peaks);
  }

  public TreeSize size() {
    return size;
  }

  public List<Hash> peaks() {
    return peaks;
  }

  /** RFC 6962 section 2.1: the Merkle tree hash of the whole tree. */
  public Hash root() {
    return peaks.reversed().stream()
        .reduce((right, left) -> Hash.node(left, right))
        .orElse(Hash.EMPTY_ROOT);
  }

  /** The tree after these leaves, with all that is needed to prove them. */
  public Growth append(List<Hash> leaves) {
    return new Growth(this, leaves);
  }

  /** The levels of the peaks of a tree of this size, largest first. */
  static List<Integer> levels(TreeSize size) {
    return IntStream.iterate(Long.SIZE - 2, level -> level - 1)
        .limit(Long.SIZE - 1)
        .filter(level -> (size.value() >> level & 1) == 1)
        .boxed()
        .toList();
  }
}
