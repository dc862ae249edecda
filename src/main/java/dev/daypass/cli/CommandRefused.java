package dev.daypass.cli;

/** Why a command cannot do what it was asked, for people. */
final class CommandRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final String remedy;

  CommandRefused(String what, String remedy) {
    this(ExitCode.REFUSED, what, remedy);
  }

  CommandRefused(int exitCode, String what, String remedy) {
    super(what);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  String what() {
    return String.valueOf(getMessage());
  }

  String remedy() {
    return remedy;
  }

  int exitCode() {
    return exitCode;
  }
}
