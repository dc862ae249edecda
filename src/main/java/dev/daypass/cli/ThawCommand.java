package dev.daypass.cli;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.custody.StateFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd thaw --clock}: says to the running daemon that its clock is right. */
@Command(
    name = "thaw",
    description = "Let a daemon sign again that stopped because its clock jumped.")
final class ThawCommand implements Callable<Integer> {
  private final Daypassd root;

  @Option(names = "--clock", description = "You looked at the machine's clock, and it is right.")
  private boolean clock;

  ThawCommand(Daypassd root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    if (!clock) {
      throw new CommandRefused(
          ExitCode.USAGE, "Thaw what?", "look at the machine's clock, then: daypassd thaw --clock");
    }
    String entry =
        OperatorCall.of(new StateFolder(root.config().state()))
            .ask("set the clock right (timedatectl), then try again", "thaw-clock")
            .getFirst();
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("done:", "the daemon believes its clock and signs again");
    terminal.facts(new Facts().add("entry", entry));
    return ExitCode.DONE;
  }
}
