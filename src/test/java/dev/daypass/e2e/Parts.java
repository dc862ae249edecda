package dev.daypass.e2e;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test started; it stops in the reverse order, also after a start that failed half-way. */
final class Parts {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  <T extends AutoCloseable> T started(T part) {
    started.push(part);
    return part;
  }

  void stop() throws Exception {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }
}
