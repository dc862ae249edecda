package dev.daypass.tlog;

/** Stored hashes of a tree: the roots of its perfect, aligned subtrees. */
@FunctionalInterface
public interface HashReader {
  /**
   * The root over the entries {@code [index * 2^level, (index + 1) * 2^level)}, all of which the
   * tree holds. Level 0 are the leaf hashes.
   */
  Hash subtree(int level, long index);
}
