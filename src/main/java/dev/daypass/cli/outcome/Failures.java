package dev.daypass.cli.outcome;

import dev.daypass.DaemonStartFailed;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Surroundings;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.file.ConfigInvalid;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what ended a command into words and an exit code. */
public final class Failures implements IExecutionExceptionHandler {
  private final Surroundings surroundings;

  public Failures(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    Terminal terminal = Terminal.err(surroundings);
    switch (failure) {
      case ConfigInvalid invalid -> new Problems(invalid.problems()).print(terminal);
      case CommandRefused refused -> {
        terminal.bad("refused:", refused.what());
        terminal.remedy(2, refused.remedy());
        return refused.exitCode();
      }
      case DaemonStartFailed failed when failed.getCause() instanceof ConfigInvalid invalid ->
          new Problems(invalid.problems()).print(terminal);
      case DaemonStartFailed failed -> {
        terminal.bad("not started:", failed.what());
        terminal.remedy(2, "put that right, then start it again");
      }
      default -> {
        terminal.bad("failed:", command.getCommandName() + " met a fault of its own");
        terminal.facts(new Facts().add("what", failure.toString()));
        terminal.remedy(2, "set DAYPASS_DEBUG=1 to see where, and report it");
        if (surroundings.environment().containsKey("DAYPASS_DEBUG")) {
          failure.printStackTrace(surroundings.err());
        }
      }
    }
    return ExitCode.REFUSED;
  }
}
