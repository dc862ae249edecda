package dev.daypass.tlog;

import java.util.List;

/** Shows that a tree is the beginning of a larger one (RFC 6962 section 2.1.2). */
public record ConsistencyProof(TreeSize from, TreeSize to, List<Hash> hashes) {
  public ConsistencyProof {
    if (from.compareTo(to) > 0) {
      throw new IllegalArgumentException("size " + from + " is beyond size " + to);
    }
    hashes = List.copyOf(hashes);
  }

  /**
   * The algorithm of RFC 9162 section 2.1.4.2; the numbers are its steps. Every tree follows from
   * the empty one, without a hash (C2SP tlog-witness, section add-checkpoint).
   */
  public boolean verifies(Hash fromRoot, Hash toRoot) {
    if (from.isEmpty()) {
      boolean toHolds = !to.isEmpty() || toRoot.equals(Hash.EMPTY_ROOT);
      return hashes.isEmpty() && fromRoot.equals(Hash.EMPTY_ROOT) && toHolds;
    }
    if (from.equals(to)) {
      return hashes.isEmpty() && fromRoot.equals(toRoot);
    }
    // 1
    if (hashes.isEmpty()) {
      return false;
    }
    // 2: where the older tree is perfect, its root begins the path.
    boolean perfect = Long.bitCount(from.value()) == 1;
    Hash first = perfect ? fromRoot : hashes.getFirst();
    List<Hash> path = perfect ? hashes : hashes.subList(1, hashes.size());
    return climbs(first, path, fromRoot, toRoot);
  }

  private boolean climbs(Hash first, List<Hash> path, Hash fromRoot, Hash toRoot) {
    // 3, 4
    int shared = Long.numberOfTrailingZeros(~(from.value() - 1));
    long fn = (from.value() - 1) >> shared;
    long sn = (to.value() - 1) >> shared;
    // 5
    Hash fr = first;
    Hash sr = first;
    // 6
    for (Hash c : path) {
      // 6.a
      if (sn == 0) {
        return false;
      }
      // 6.b
      if ((fn & 1) == 1 || fn == sn) {
        fr = Hash.node(c, fr);
        sr = Hash.node(c, sr);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        sr = Hash.node(sr, c);
      }
      // 6.c
      fn >>= 1;
      sn >>= 1;
    }
    // 7
    return sn == 0 && fr.equals(fromRoot) && sr.equals(toRoot);
  }
}
