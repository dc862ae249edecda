package dev.daypass.cli.outcome;

import dev.daypass.cli.terminal.Surroundings;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.yaml.NearestWord;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
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
      NearestWord.to(unmatched.getUnmatched().getFirst(), words(command.getCommandSpec()))
          .ifPresent(near -> terminal.remedy(2, "did you mean " + near + "?"));
    }
    terminal.remedy(2, command.getCommandSpec().qualifiedName() + " --help says more");
    return ExitCode.USAGE;
  }

  private static String message(ParameterException fault) {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().getFirst(), fault.getCommandLine());
    }
    String message = String.valueOf(fault.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end).strip();
  }

  private static String unmatched(String word, CommandLine command) {
    if (word.startsWith("-")) {
      return "unknown option " + word;
    }
    return command.getSubcommands().isEmpty()
        ? "one word too many: " + word
        : "unknown command " + word;
  }

  /** What could stand there. */
  private static List<String> words(CommandSpec command) {
    List<String> words = new ArrayList<>(command.subcommands().keySet());
    command.options().forEach(option -> words.addAll(List.of(option.names())));
    return words;
  }
}
