package dev.daypass.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes roots and proofs from stored hashes, each with at most two reads a level of the tree.
 *
 * <p>The methods are the definitions of RFC 6962 section 2.1 with {@code D[start:end]} for the
 * entries; a subtree that is complete is read instead of computed.
 */
public final class TreeProver {
  private final HashReader hashes;

  public TreeProver(HashReader hashes) {
    this.hashes = hashes;
  }

  /** RFC 6962 section 2.1: {@code MTH(D[0:size])}. */
  public Hash root(TreeSize size) {
    return size.isEmpty() ? Hash.EMPTY_ROOT : treeHash(0, size.value());
  }

  /** RFC 6962 section 2.1.1: {@code PATH(index, D[0:size])}. */
  public InclusionProof inclusion(EntryNumber index, TreeSize size) {
    if (!size.contains(index)) {
      throw new IllegalArgumentException("entry " + index + " is not in a tree of size " + size);
    }
    List<Hash> proof = new ArrayList<>();
    path(index.value(), 0, size.value(), proof);
    return new InclusionProof(index, size, proof);
  }

  /** RFC 6962 section 2.1.2: {@code PROOF(from, D[0:to])}; empty if from is 0 or equal to to. */
  public ConsistencyProof consistency(TreeSize from, TreeSize to) {
    if (from.compareTo(to) > 0) {
      throw new IllegalArgumentException("size " + from + " is beyond size " + to);
    }
    List<Hash> proof = new ArrayList<>();
    if (!from.isEmpty()) {
      subproof(from.value(), 0, to.value(), true, proof);
    }
    return new ConsistencyProof(from, to, proof);
  }

  /** The largest power of two smaller than {@code n}, for n of 2 or more. */
  static long split(long n) {
    return Long.highestOneBit(n - 1);
  }

  private void path(long m, long start, long end, List<Hash> proof) {
    if (end - start == 1) {
      return;
    }
    long middle = start + split(end - start);
    if (m < middle) {
      path(m, start, middle, proof);
      proof.add(treeHash(middle, end));
    } else {
      path(m, middle, end, proof);
      proof.add(treeHash(start, middle));
    }
  }

  /** {@code whole}: D[start:m] is a subtree that the verifier of the older tree knows already. */
  private void subproof(long m, long start, long end, boolean whole, List<Hash> proof) {
    if (m == end) {
      if (!whole) {
        proof.add(treeHash(start, end));
      }
      return;
    }
    long middle = start + split(end - start);
    if (m <= middle) {
      subproof(m, start, middle, whole, proof);
      proof.add(treeHash(middle, end));
    } else {
      subproof(m, middle, end, false, proof);
      proof.add(treeHash(start, middle));
    }
  }

  private Hash treeHash(long start, long end) {
    long n = end - start;
    if (Long.bitCount(n) == 1) {
      // start is a multiple of n: every split before this one left it aligned.
      int level = Long.numberOfTrailingZeros(n);
      return hashes.subtree(level, start >> level);
    }
    long middle = start + split(n);
    return Hash.node(treeHash(start, middle), treeHash(middle, end));
  }
}
