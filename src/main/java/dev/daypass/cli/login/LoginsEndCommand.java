package dev.daypass.cli.login;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd logins end}: a lost laptop, somebody who left. */
@Command(
    name = "end",
    description = "End logins and revoke the certificates that they hold; both are entries.")
public final class LoginsEndCommand implements Callable<Integer> {
  private final Invocation root;

  @ArgGroup(multiplicity = "1")
  private @Nullable Whose named; // a group made here would count as given

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the ledger.")
  private String reason = "";

  public LoginsEndCommand(Invocation root) {
    this.root = root;
  }

  /** Exactly one of them is given. */
  static final class Whose {
    @Option(names = "--user", paramLabel = "USER", description = "All logins of this username.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--login", paramLabel = "ID", description = "This one login.")
    private Optional<String> login = Optional.empty();
  }

  @Override
  public Integer call() throws Exception {
    Whose whose = Objects.requireNonNull(named);
    String counts =
        OperatorCall.of(root)
            .ask(
                "see who is logged in: daypassd logins list",
                "end-logins",
                whose.user.isPresent() ? "user" : "login",
                whose.user.or(() -> whose.login).orElseThrow(),
                reason)
            .getFirst();
    String[] words = counts.split(" ", 2);
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good(
        "done:",
        whose
            .user
            .map(user -> "every login of " + user + " has ended")
            .orElseGet(() -> "login " + whose.login.orElseThrow() + " has ended"));
    terminal.facts(new Facts().add("logins ended", words[0]).add("certificates revoked", words[1]));
    terminal.remedy(2, "to keep them out, block the account at the identity provider");
    return ExitCode.DONE;
  }
}
