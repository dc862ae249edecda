package dev.daypass.ledger.store;

import dev.daypass.tlog.Frontier;
import java.time.Instant;

/** The one row that says where the store ends, so that a start does not read the tree. */
public record StoredHead(Frontier frontier, Instant newestAt) {
  /** The head of a store without entries. */
  public static final StoredHead EMPTY = new StoredHead(Frontier.EMPTY, Instant.EPOCH);

  public boolean isSameAs(StoredHead other) {
    return frontier.size().equals(other.frontier.size())
        && frontier.peaks().equals(other.frontier.peaks())
        && newestAt.equals(other.newestAt);
  }
}
