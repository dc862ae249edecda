package dev.daypass.e2e;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a test started; it stops in the reverse order, also after a start that failed half-way, and
 * when the build is interrupted: no server and no account stays behind.
 */
public final class Parts {
  private final Deque<AutoCloseable> started = new ArrayDeque<>(); // guarded by itself

  public Parts() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-parts"));
  }

  public <T extends AutoCloseable> T started(T part) {
    synchronized (started) {
      started.push(part);
    }
    return part;
  }

  public void stop() {
    synchronized (started) {
      while (!started.isEmpty()) {
        try {
          started.pop().close();
        } catch (Exception e) {
          throw new AssertionError("did not stop", e);
        }
      }
    }
  }
}
