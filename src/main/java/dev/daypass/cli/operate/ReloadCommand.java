package dev.daypass.cli.operate;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.policy.PolicyFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code daypassd reload}: the running daemon reads the policy again, as it does on SIGHUP. */
@Command(
    name = "reload",
    description = {
      "Let the running daemon read its policy again and say what that changes.",
      "A file with a fault changes nothing. A change of the file is seen without this, too."
    })
public final class ReloadCommand implements Callable<Integer> {
  private final Invocation root;

  public ReloadCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = root.config();
    // Its problems are better shown from here, beside the file.
    var _ = PolicyFile.read(config.policy(), config.identity().keySet());
    List<String> answer =
        OperatorCall.of(root).ask("look at daypassd check and at the daemon's log", "reload");
    List<String> differences = answer.subList(1, answer.size());
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good(
        "done:",
        differences.isEmpty() ? "nothing has changed" : "what the file says now is in force");
    differences.forEach(difference -> terminal.say("  " + difference));
    return ExitCode.DONE;
  }
}
