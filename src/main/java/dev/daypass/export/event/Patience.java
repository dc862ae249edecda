package dev.daypass.export.event;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Closes something after a time, unless it is closed itself before: for calls that know no end. */
final class Patience implements AutoCloseable {
  private final Thread thread;

  private Patience(Thread thread) {
    this.thread = thread;
  }

  static Patience of(Duration time, Closeable thing) {
    return new Patience(
        Thread.startVirtualThread(() -> {
          try {
            Thread.sleep(time);
            thing.close();
          } catch (InterruptedException | IOException _) {
            // It was quicker, or is closed already.
          }
        }));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
