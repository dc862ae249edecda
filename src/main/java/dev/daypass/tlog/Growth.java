package dev.daypass.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree that grew by a batch of leaves. Proves the new entries, and that nothing before them
 * changed, from the older frontier and the batch alone.
 */
public final class Growth {
  /** A perfect subtree that this growth completed; level 0 are the appended leaves. */
  public record Subtree(int level, long index, Hash hash) {}

  private final Frontier from;
  private final Frontier frontier;
  // rows[level] holds the roots of consecutive perfect subtrees, the first at index rowStart:
  // the older tree's peak of that level, where it has one, and then all that the batch completed.
  private final List<List<Hash>> rows;
  private final TreeProver prover;

  Growth(Frontier from, List<Hash> leaves) {
    this.from = from;
    this.rows = rows(from, leaves);
    this.frontier = Frontier.read(from.size().plus(leaves.size()), this::subtree);
    this.prover = new TreeProver(this::subtree);
  }

  /** The tree after the batch. */
  public Frontier frontier() {
    return frontier;
  }

  /** Inclusion of an appended entry in the tree after the batch. */
  public InclusionProof inclusionProof(EntryNumber appended) {
    if (from.size().contains(appended)) {
      throw new IllegalArgumentException("entry " + appended + " was there before this growth");
    }
    return prover.inclusion(appended, frontier.size());
  }

  /** Consistency of the tree before the batch with the tree after it. */
  public ConsistencyProof consistencyProof() {
    return prover.consistency(from.size(), frontier.size());
  }

  /** What a store has to add so that a {@link HashReader} can read the whole tree. */
  public List<Subtree> completed() {
    List<Subtree> completed = new ArrayList<>();
    for (int level = 0; level < rows.size(); level++) {
      List<Hash> row = rows.get(level);
      long start = rowStart(level);
      for (long index = from.size().value() >> level; index - start < row.size(); index++) {
        completed.add(new Subtree(level, index, row.get((int) (index - start))));
      }
    }
    return List.copyOf(completed);
  }

  private static List<List<Hash>> rows(Frontier from, List<Hash> leaves) {
    List<List<Hash>> rows = new ArrayList<>();
    int peak = from.peaks().size();
    List<Hash> completed = leaves;
    for (int level = 0; peak > 0 || !completed.isEmpty(); level++) {
      List<Hash> row = new ArrayList<>(completed.size() + 1);
      if ((from.size().value() >> level & 1) == 1) {
        row.add(from.peaks().get(--peak));
      }
      row.addAll(completed);
      rows.add(row);
      completed = parents(row);
    }
    return rows;
  }

  // A row starts at an even index, so its hashes pair up from the first; a last one waits.
  private static List<Hash> parents(List<Hash> row) {
    List<Hash> parents = new ArrayList<>(row.size() / 2);
    for (int i = 0; i + 1 < row.size(); i += 2) {
      parents.add(Hash.node(row.get(i), row.get(i + 1)));
    }
    return parents;
  }

  private long rowStart(int level) {
    return from.size().value() >> level & ~1L;
  }

  /**
   * The proofs of this class read nothing else: a left sibling of an appended entry is either a
   * peak of the older tree or holds an appended entry, a right sibling holds appended ones alone.
   */
  private Hash subtree(int level, long index) {
    return rows.get(level).get(Math.toIntExact(index - rowStart(level)));
  }
}
