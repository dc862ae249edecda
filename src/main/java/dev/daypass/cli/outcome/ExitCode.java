package dev.daypass.cli.outcome;

/** How a command ended, for scripts (DESIGN section 8). */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int USAGE = 1;
  public static final int REFUSED = 2;
  public static final int UNREACHABLE = 4;

  private ExitCode() {}
}
