package dev.daypass.oidc;

import java.time.Instant;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory of one provider's single-use tokens (CASES 49), each kept until the token would be
 * refused as expired. Bounded: when full it says so, and forgets nothing that still counts.
 */
final class UsedTokens {

  /** What using a token came to. */
  enum Use {
    FIRST,
    AGAIN,
    NO_ROOM
  }

  private record Used(String id, Instant until) {}

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> ids = new HashSet<>(); // guarded by lock
  private final PriorityQueue<Used> byEnd = // guarded by lock
      new PriorityQueue<>((a, b) -> a.until().compareTo(b.until()));

  UsedTokens(int capacity) {
    this.capacity = capacity;
  }

  /** Uses a token up; of two at the same moment exactly one is first. */
  Use use(String id, Instant until, Instant now) {
    lock.lock();
    try {
      for (Used u = byEnd.peek(); u != null && !u.until().isAfter(now); u = byEnd.peek()) {
        ids.remove(u.id());
        byEnd.remove();
      }
      if (ids.contains(id)) {
        return Use.AGAIN;
      }
      if (ids.size() >= capacity) {
        return Use.NO_ROOM;
      }
      ids.add(id);
      byEnd.add(new Used(id, until));
      return Use.FIRST;
    } finally {
      lock.unlock();
    }
  }
}
