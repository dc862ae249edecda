package dev.daypass.ledger.witness;

import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The newest checkpoint with enough cosignatures; those who need one wait here. */
final class CosignedCheckpoint {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Written under {@link #lock}. */
  private volatile Optional<SignedCheckpoint> newest = Optional.empty();

  /** Guarded by {@link #lock}. */
  private int waiting;

  Optional<SignedCheckpoint> newest() {
    return newest;
  }

  void put(Optional<SignedCheckpoint> checkpoint) {
    lock.lock();
    try {
      newest = checkpoint;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isWaitedFor() {
    lock.lock();
    try {
      return waiting > 0;
    } finally {
      lock.unlock();
    }
  }

  /** One whose tree has the entry; empty if none comes in time. */
  Optional<SignedCheckpoint> await(EntryNumber entry, Duration patience) {
    lock.lock();
    waiting++;
    try {
      long left = patience.toNanos();
      while (!covers(entry) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return covers(entry) ? newest : Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  private boolean covers(EntryNumber entry) {
    return newest.filter(signed -> signed.checkpoint().size().contains(entry)).isPresent();
  }
}
