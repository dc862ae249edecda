package dev.daypass.cli.operate;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd freeze}: nothing more is issued until {@code thaw}. */
@Command(
    name = "freeze",
    description = "Stop issuing certificates at once; logins and KRLs go on. A restart keeps it.")
public final class FreezeCommand implements Callable<Integer> {
  private final Invocation root;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the ledger, and whoever asks is told.")
  private String reason = "";

  public FreezeCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    String entry =
        OperatorCall.of(root).ask("run it again once /readyz is well", "freeze", reason).getFirst();
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("done:", "no certificate is issued until you thaw it");
    terminal.facts(new Facts().add("entry", entry));
    terminal.remedy(2, "what is out already stays good: daypassd revoke");
    return ExitCode.DONE;
  }
}
