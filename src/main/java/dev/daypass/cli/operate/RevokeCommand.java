package dev.daypass.cli.operate;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.SecretPrompt;
import dev.daypass.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd revoke}: what was granted counts no more. */
@Command(
    name = "revoke",
    description = {
      "Revoke certificates; servers learn of it within seconds.",
      "--user, --role and --from --to mean what is alive now; a key, a host and a CA key stay"
          + " revoked for good."
    })
public final class RevokeCommand implements Callable<Integer> {
  private static final String LOOK = "look at daypassd logins list and daypassd ledger show";

  private final Invocation root;

  @Option(names = "--serial", paramLabel = "N", description = "One certificate.")
  private Optional<String> serial = Optional.empty();

  @Option(names = "--user", paramLabel = "U", description = "A person's or service's; ends logins.")
  private Optional<String> user = Optional.empty();

  @Option(names = "--role", paramLabel = "R", description = "All that was granted under a role.")
  private Optional<String> role = Optional.empty();

  @Option(names = "--key", paramLabel = "FP", description = "A key, by its SHA256 fingerprint.")
  private Optional<String> key = Optional.empty();

  @Option(names = "--host", paramLabel = "H", description = "The certificates of a server.")
  private Optional<String> host = Optional.empty();

  @Option(names = "--login", paramLabel = "L", description = "A login and its certificates.")
  private Optional<String> login = Optional.empty();

  @Option(names = "--ca", paramLabel = "FP", description = "A CA key and all that it signed.")
  private Optional<String> ca = Optional.empty();

  @Option(names = "--from", paramLabel = "T", description = "What was granted since, as 2026-…Z.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "And before.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the ledger.")
  private String reason = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  public RevokeCommand(Invocation root) {
    this.root = root;
  }

  private record Named(String kind, String value) {}

  @Override
  public Integer call() throws Exception {
    Named named = named();
    OperatorCall daemon = OperatorCall.of(root);
    if (!yes) {
      confirm(named, daemon.ask(LOOK, "foresee-revocation", named.kind(), named.value()));
    }
    String[] counts =
        daemon.ask(LOOK, "revoke", named.kind(), named.value(), reason).getFirst().split(" ", -1);
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("done:", named.kind().replace('_', ' ') + " " + named.value() + " is revoked");
    Facts facts = new Facts().add("certificates", counts[0]).add("logins ended", counts[1]);
    terminal.facts(counts.length > 2 ? facts.add("entry", counts[2]) : facts);
    terminal.remedy(2, "servers that wait have the new list in seconds: GET /v1/krl");
    return ExitCode.DONE;
  }

  /** Exactly one thing. */
  private Named named() throws CommandRefused {
    List<Named> all = new ArrayList<>();
    serial.ifPresent(value -> all.add(new Named("serial", value)));
    user.ifPresent(value -> all.add(new Named("user", value)));
    role.ifPresent(value -> all.add(new Named("role", value)));
    key.ifPresent(value -> all.add(new Named("key", value)));
    host.ifPresent(value -> all.add(new Named("host", value)));
    login.ifPresent(value -> all.add(new Named("login", value)));
    ca.ifPresent(value -> all.add(new Named("ca_key", value)));
    if (from.isPresent() || to.isPresent()) {
      all.add(new Named("window", from.orElse("") + "/" + to.orElse("")));
    }
    if (all.size() != 1) {
      throw new CommandRefused(
          ExitCode.USAGE,
          "One thing is revoked at a time.",
          "name one of --serial --user --role --key --host --login --ca, or --from and --to");
    }
    return all.getFirst();
  }

  private void confirm(Named named, List<String> foreseen) throws CommandRefused {
    String[] counts = foreseen.getFirst().split(" ", -1);
    String what =
        "%s %s: revokes %s certificates and ends %s logins."
            .formatted(named.kind().replace('_', ' '), named.value(), counts[0], counts[1]);
    Optional<SecretPrompt> person = root.surroundings().secrets();
    if (person.isEmpty()) {
      throw new CommandRefused(ExitCode.USAGE, what, "nobody is here to confirm it: add --yes");
    }
    Terminal.out(root.surroundings()).say(what);
    boolean sure =
        person
            .get()
            .ask("Type yes to revoke: ")
            .filter(a -> new String(a).equals("yes"))
            .isPresent();
    if (!sure) {
      throw new CommandRefused("Nothing was revoked.", "type yes, or add --yes");
    }
  }
}
