package dev.daypass.fleet;

/** Text that is no trust bundle. */
public final class BundleFormatException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  BundleFormatException(int line, String problem) {
    super("line " + line + ": " + problem);
    this.line = line;
  }

  /** The line of the fault, from 1. */
  public int line() {
    return line;
  }
}
