package dev.daypass.cli;

/** How a command ended, for scripts (DESIGN section 8). */
final class ExitCode {
  static final int DONE = 0;
  static final int USAGE = 1;
  static final int REFUSED = 2;
  static final int UNREACHABLE = 4;

  private ExitCode() {}
}
