package dev.daypass.tlog;

import java.util.ArrayList;
import java.util.List;

/** Every perfect subtree of a growing tree, as a store would keep them. */
final class InMemoryHashes implements HashReader {
  private final List<List<Hash>> levels = new ArrayList<>();
  private Frontier frontier = Frontier.EMPTY;
  private long reads;

  static InMemoryHashes of(List<byte[]> entries) {
    InMemoryHashes hashes = new InMemoryHashes();
    hashes.append(ReferenceTree.leaves(entries));
    return hashes;
  }

  Growth append(List<Hash> leaves) {
    Growth growth = frontier.append(leaves);
    for (Growth.Subtree subtree : growth.completed()) {
      while (levels.size() <= subtree.level()) {
        levels.add(new ArrayList<>());
      }
      List<Hash> level = levels.get(subtree.level());
      if (level.size() != subtree.index()) {
        throw new IllegalStateException("not the next of its level: " + subtree);
      }
      level.add(subtree.hash());
    }
    frontier = growth.frontier();
    return growth;
  }

  Frontier frontier() {
    return frontier;
  }

  long reads() {
    return reads;
  }

  @Override
  public Hash subtree(int level, long index) {
    reads++;
    return levels.get(level).get(Math.toIntExact(index));
  }
}
