package dev.daypass.cli.operate;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd thaw}: after a freeze, or after a clock that jumped. */
@Command(
    name = "thaw",
    description =
        "Issue certificates again after a freeze; or with --clock, let a daemon sign again that"
            + " stopped because its clock jumped.")
public final class ThawCommand implements Callable<Integer> {
  private final Invocation root;

  @Option(names = "--clock", description = "You looked at the machine's clock, and it is right.")
  private boolean clock;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why a freeze may end; it stands in the ledger.")
  private Optional<String> reason = Optional.empty();

  public ThawCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    if (clock == reason.isPresent()) {
      throw new CommandRefused(
          ExitCode.USAGE,
          "Thaw what?",
          "after a freeze: daypassd thaw --reason TEXT; look at the machine's clock, then: daypassd"
              + " thaw --clock");
    }
    OperatorCall daemon = OperatorCall.of(root);
    String entry =
        clock
            ? daemon
                .ask("set the clock right (timedatectl), then try again", "thaw-clock")
                .getFirst()
            : daemon
                .ask("look at /readyz, then try again", "thaw", reason.orElseThrow())
                .getFirst();
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good(
        "done:",
        clock ? "the daemon believes its clock and signs again" : "certificates are issued again");
    terminal.facts(new Facts().add("entry", entry));
    return ExitCode.DONE;
  }
}
