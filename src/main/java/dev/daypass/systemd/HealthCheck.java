package dev.daypass.systemd;

import java.io.IOException;

/** Whether a process still does what it is for. */
@FunctionalInterface
public interface HealthCheck {
  /**
   * Its state in a few words, for {@code systemctl status}. A part that is not ready is no reason
   * to start the process again: it says so itself, and mends when the cause is gone.
   *
   * @throws IOException if it does not answer
   */
  String state() throws IOException;
}
