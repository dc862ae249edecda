package dev.daypass.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded queue before the sequencer, and its rule of waiting for company.
 *
 * <p>A commit costs nearly the same for one entry as for thirty, so under load a short wait before
 * the queue is drained more than doubles the throughput. It waits in steps, as long as callers keep
 * coming: where all processors are busy they come slowly, and each that is waited for saves a part
 * of a commit; where nobody came for a step there is nobody to wait for. A caller who was alone
 * last time never waits.
 */
final class Intake {
  private static final int CAPACITY = 1024;
  private static final int MAX_BATCH = 256;
  private static final long STEP_NANOS = 300_000;
  private static final int MAX_STEPS = 12;

  /** After so long without anybody, the next caller counts as alone. */
  private static final long LONELY_NANOS = 5_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();

  // Both guarded by lock.
  private final ArrayDeque<Pending> queue = new ArrayDeque<>();
  private boolean closed;

  /** Owned by the taking thread: how many the last batch had. */
  private int company = 1;

  /**
   * Puts the draft in the queue.
   *
   * @throws LedgerUnavailable if the queue is full or closed
   */
  void offer(Pending pending) throws LedgerUnavailable {
    lock.lock();
    try {
      if (closed) {
        throw new LedgerUnavailable(StopCause.CLOSED, "the ledger is closed");
      }
      if (queue.size() >= CAPACITY) {
        throw new LedgerUnavailable(StopCause.OVERLOADED, "too many entries are waiting");
      }
      queue.add(pending);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next batch, oldest first; empty if nobody came in time or the queue is closed. To be called
   * by one thread only.
   */
  List<Pending> take(long idleNanos) throws InterruptedException {
    long start = System.nanoTime();
    boolean anybody = awaitFirst(idleNanos);
    if (System.nanoTime() - start > LONELY_NANOS) {
      company = 1;
    }
    if (anybody && company > 1) {
      awaitCompany();
    }
    List<Pending> batch = drain();
    company = Math.max(1, batch.size());
    return batch;
  }

  /** Takes nobody any more; who is in the queue is still served. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing will ever come again. */
  boolean exhausted() {
    lock.lock();
    try {
      return closed && queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** How many are in the queue. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitFirst(long idleNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = idleNanos;
      while (queue.isEmpty() && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return !queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void awaitCompany() {
    int before = 0;
    int now = waiting();
    for (int step = 0; step < MAX_STEPS && now > before && now < MAX_BATCH; step++) {
      LockSupport.parkNanos(STEP_NANOS);
      before = now;
      now = waiting();
    }
  }

  private List<Pending> drain() {
    lock.lock();
    try {
      List<Pending> batch = new ArrayList<>(Math.min(queue.size(), MAX_BATCH));
      while (batch.size() < MAX_BATCH && !queue.isEmpty()) {
        batch.add(queue.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }
}
