package dev.daypass.revocation.publish;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lists that are handed out: the newest, and for a little while those before it, so that who
 * has fetched a list gets the signature that belongs to it. Any number of threads wait here for the
 * next one, on one condition.
 */
public final class KrlShelf implements AutoCloseable {
  /** Lists may be a megabyte each. */
  private static final int KEPT = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The newest first; guarded by {@link #lock}. */
  private final Deque<PublishedKrl> lists = new ArrayDeque<>();

  /** Guarded by {@link #lock}. */
  private boolean closed;

  /** Hears of each list, after it can be fetched. */
  private volatile Runnable put = () -> {};

  /**
   * Hands out this list from now on.
   *
   * @throws IllegalStateException if it is not newer than the last one: no server must go back
   */
  public void put(PublishedKrl list) {
    lock.lock();
    try {
      if (!lists.isEmpty() && list.version() <= lists.getFirst().version()) {
        throw new IllegalStateException("a list that is not newer than the last one");
      }
      lists.addFirst(list);
      if (lists.size() > KEPT) {
        lists.removeLast();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    put.run();
  }

  /** Tells this one of each list that is handed out from now on; there is one at most. */
  public void onPut(Runnable listener) {
    put = listener;
  }

  /** The newest list; empty until the first one is made. */
  public Optional<PublishedKrl> newest() {
    lock.lock();
    try {
      return Optional.ofNullable(lists.peekFirst());
    } finally {
      lock.unlock();
    }
  }

  /** The list of that version, if it is still kept. */
  public Optional<PublishedKrl> ofVersion(long version) {
    lock.lock();
    try {
      return lists.stream().filter(list -> list.version() == version).findFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a list of a higher version; whatever is the newest then. */
  public Optional<PublishedKrl> awaitNewer(long version, Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!closed && left > 0 && (lists.isEmpty() || lists.getFirst().version() <= version)) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return newest();
  }

  /** How many wait at this moment. */
  public int waiting() {
    lock.lock();
    try {
      return lock.getWaitQueueLength(changed);
    } finally {
      lock.unlock();
    }
  }

  /** Sends home everybody who waits; what is here stays. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
