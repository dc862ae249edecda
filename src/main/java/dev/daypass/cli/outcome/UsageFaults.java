package dev.daypass.cli.outcome;

import dev.daypass.cli.terminal.Surroundings;
import dev.daypass.cli.terminal.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the words on the command line, what was meant, and where help is. */
public final class UsageFaults implements IParameterExceptionHandler {
  private final Surroundings surroundings;

  public UsageFaults(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public int handleParseException(ParameterException fault, String[] arguments) {
    CommandLine command = fault.getCommandLine();
    Terminal terminal = Terminal.err(surroundings);
    terminal.bad("usage:", message(fault));
    if (fault instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        terminal.remedy(2, "did you mean " + String.join(" or ", near) + "?");
      }
    }
    terminal.remedy(2, command.getCommandSpec().qualifiedName() + " --help says more");
    return ExitCode.USAGE;
  }

  private static String message(ParameterException fault) {
    String message = String.valueOf(fault.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end).strip();
  }
}
