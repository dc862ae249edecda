package dev.daypass.fleet.answer;

import dev.daypass.ssh.Fingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where servers wait for what concerns them: each is woken by its own change or by one that
 * concerns all, and nobody looks meanwhile. A server that waits costs a parked thread and an entry
 * here.
 */
public final class NewsBoard implements AutoCloseable {
  /** One that waits for more is broken, and must not take the places of the others. */
  private static final int WAITS_OF_ONE = 4;

  /** Immutable lists, put in and taken out under the map's own lock of the key. */
  private final Map<Fingerprint, List<Thread>> waiting = new ConcurrentHashMap<>();

  private volatile boolean closed;

  /**
   * Waits until there is news, or that time has passed, or all are sent home.
   *
   * @param key of the server that waits
   * @param news asked at once and after each change; must be quick and lock nothing for long
   */
  public void await(Fingerprint key, BooleanSupplier news, Duration patience) {
    Thread me = Thread.currentThread();
    List<Thread> together = waiting.merge(key, List.of(me), NewsBoard::joined);
    try {
      long deadline = System.nanoTime() + patience.toNanos();
      long left = together.size() > WAITS_OF_ONE ? 0 : patience.toNanos();
      // Who waits is on the board before it looks: no change falls in between.
      while (left > 0 && !closed && !me.isInterrupted() && !news.getAsBoolean()) {
        LockSupport.parkNanos(this, left);
        left = deadline - System.nanoTime();
      }
    } finally {
      waiting.computeIfPresent(key, (_, all) -> without(all, me));
    }
  }

  /** Something about this server has changed. */
  public void changed(Fingerprint key) {
    waiting.getOrDefault(key, List.of()).forEach(LockSupport::unpark);
  }

  /** Something that concerns all has changed. */
  public void allChanged() {
    waiting.values().forEach(threads -> threads.forEach(LockSupport::unpark));
  }

  /** How many servers wait at this moment. */
  public int waiting() {
    return waiting.size();
  }

  /** Sends everybody home, and whoever comes. */
  @Override
  public void close() {
    closed = true;
    allChanged();
  }

  private static List<Thread> joined(List<Thread> there, List<Thread> comes) {
    List<Thread> all = new ArrayList<>(there);
    all.addAll(comes);
    return List.copyOf(all);
  }

  /** Null where nobody is left, as the map wants it. */
  private static @Nullable List<Thread> without(List<Thread> all, Thread gone) {
    List<Thread> left = all.stream().filter(each -> !each.equals(gone)).toList();
    return left.isEmpty() ? null : left;
  }
}
