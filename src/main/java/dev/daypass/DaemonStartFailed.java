package dev.daypass;

/** The daemon did not start; nothing of it runs. */
public final class DaemonStartFailed extends Exception {
  private static final long serialVersionUID = 1L;

  DaemonStartFailed(Exception cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }

  /** What is wrong, with what lies behind it. */
  public String what() {
    StringBuilder what = new StringBuilder(String.valueOf(getMessage()));
    Throwable behind = getCause() == null ? null : getCause().getCause();
    while (behind != null) {
      what.append(": ").append(behind.getMessage());
      behind = behind.getCause();
    }
    return what.toString();
  }
}
