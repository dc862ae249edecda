package dev.daypass.cli.outcome;

/** Why a command cannot do what it was asked, for people. */
public final class CommandRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final String remedy;

  public CommandRefused(String what, String remedy) {
    this(ExitCode.REFUSED, what, remedy);
  }

  public CommandRefused(int exitCode, String what, String remedy) {
    super(what);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  public String what() {
    return String.valueOf(getMessage());
  }

  public String remedy() {
    return remedy;
  }

  public int exitCode() {
    return exitCode;
  }
}
