package dev.daypass.cli;

import dev.daypass.config.DaypassConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code daypassd check}: reads both files as the daemon would. */
@Command(name = "check", description = "Read the configuration and the policy; name every fault.")
final class CheckCommand implements Callable<Integer> {
  private final Daypassd root;

  CheckCommand(Daypassd root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = root.config();
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("good:", root.configFile().toString());
    terminal.facts(new Facts().add("url", config.url()));
    return ExitCode.DONE;
  }
}
