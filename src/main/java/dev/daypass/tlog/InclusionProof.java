package dev.daypass.tlog;

import java.util.List;

/** Shows that a leaf stands at an index of the tree of a size (RFC 6962 section 2.1.1). */
public record InclusionProof(EntryNumber index, TreeSize size, List<Hash> hashes) {
  public InclusionProof {
    if (!size.contains(index)) {
      throw new IllegalArgumentException("entry " + index + " is not in a tree of size " + size);
    }
    hashes = List.copyOf(hashes);
  }

  /** Hashes in every proof for this index and size. */
  static int length(EntryNumber index, TreeSize size) {
    long last = size.value() - 1;
    // Below the level where the paths of index and of the last leaf meet, each level has a
    // sibling; above it only those levels where the path is a right child.
    int inner = Long.SIZE - Long.numberOfLeadingZeros(index.value() ^ last);
    int border = inner == Long.SIZE ? 0 : Long.bitCount(index.value() >>> inner);
    return inner + border;
  }

  /** The algorithm of RFC 9162 section 2.1.3.2; the numbers are its steps. */
  public boolean verifies(Hash leaf, Hash root) {
    // 1: index < size holds for every InclusionProof.
    // 2
    long fn = index.value();
    long sn = size.value() - 1;
    // 3
    Hash r = leaf;
    // 4
    for (Hash p : hashes) {
      // 4.a
      if (sn == 0) {
        return false;
      }
      // 4.b
      if ((fn & 1) == 1 || fn == sn) {
        r = Hash.node(p, r);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        r = Hash.node(r, p);
      }
      // 4.c
      fn >>= 1;
      sn >>= 1;
    }
    // 5
    return sn == 0 && r.equals(root);
  }
}
