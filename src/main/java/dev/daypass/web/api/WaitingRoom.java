package dev.daypass.web.api;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where polls wait: so many at once and no more, and none once the server stops. */
public final class WaitingRoom implements AutoCloseable {
  private final Semaphore places;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();

  /** Guarded by {@link #lock}. */
  private boolean closed;

  public WaitingRoom(int places) {
    this.places = new Semaphore(places);
  }

  /** Whether there is a place; who has got one leaves it again. */
  public boolean enter() {
    return places.tryAcquire();
  }

  public void leave() {
    places.release();
  }

  /**
   * Waits.
   *
   * @return whether it makes sense to wait further
   */
  public boolean pause(Duration time) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Sends everybody home. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
