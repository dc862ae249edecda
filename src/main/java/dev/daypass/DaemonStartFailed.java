package dev.daypass;

/** The daemon did not start; nothing of it runs. */
public final class DaemonStartFailed extends Exception {
  private static final long serialVersionUID = 1L;

  DaemonStartFailed(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
