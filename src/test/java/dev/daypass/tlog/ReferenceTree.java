package dev.daypass.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** RFC 6962 section 2.1 written down as it stands there, over a list of entries. */
final class ReferenceTree {
  private ReferenceTree() {}

  /** Entry i is the byte i. */
  static List<byte[]> entries(int size) {
    return IntStream.range(0, size).mapToObj(i -> new byte[] {(byte) i}).toList();
  }

  static List<Hash> leaves(List<byte[]> entries) {
    return entries.stream().map(Hash::leaf).toList();
  }

  /** MTH(D[n]), section 2.1. */
  static Hash treeHash(List<byte[]> d) {
    if (d.isEmpty()) {
      return Hash.EMPTY_ROOT;
    }
    if (d.size() == 1) {
      return Hash.leaf(d.getFirst());
    }
    int k = largestPowerOfTwoBelow(d.size());
    return Hash.node(treeHash(d.subList(0, k)), treeHash(d.subList(k, d.size())));
  }

  /** PATH(m, D[n]), section 2.1.1. */
  static List<Hash> path(int m, List<byte[]> d) {
    if (d.size() == 1) {
      return List.of();
    }
    int k = largestPowerOfTwoBelow(d.size());
    List<byte[]> left = d.subList(0, k);
    List<byte[]> right = d.subList(k, d.size());
    return m < k ? plus(path(m, left), treeHash(right)) : plus(path(m - k, right), treeHash(left));
  }

  /** PROOF(m, D[n]), section 2.1.2. */
  static List<Hash> proof(int m, List<byte[]> d) {
    return subproof(m, d, true);
  }

  private static List<Hash> subproof(int m, List<byte[]> d, boolean b) {
    if (m == d.size()) {
      return b ? List.of() : List.of(treeHash(d));
    }
    int k = largestPowerOfTwoBelow(d.size());
    List<byte[]> left = d.subList(0, k);
    List<byte[]> right = d.subList(k, d.size());
    return m <= k
        ? plus(subproof(m, left, b), treeHash(right))
        : plus(subproof(m - k, right, false), treeHash(left));
  }

  private static int largestPowerOfTwoBelow(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }

  private static List<Hash> plus(List<Hash> hashes, Hash last) {
    List<Hash> all = new ArrayList<>(hashes);
    all.add(last);
    return all;
  }
}
