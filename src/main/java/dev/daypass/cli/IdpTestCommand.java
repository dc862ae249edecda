package dev.daypass.cli;

import dev.daypass.OidcProviders;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.identity.Authentication;
import dev.daypass.identity.Identity;
import dev.daypass.oidc.ProbeReport;
import dev.daypass.oidc.ProviderProbe;
import dev.daypass.oidc.signin.SignInClient;
import dev.daypass.oidc.signin.SignInProbe;
import dev.daypass.policy.RoleView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daypassd idp test}: discovery, keys and, for a token, who that would be. */
@Command(name = "test", description = "Ask an identity provider, and say who a token would be.")
final class IdpTestCommand implements Callable<Integer> {
  private final Daypassd root;

  @Parameters(paramLabel = "NAME", description = "The provider's name in the configuration.")
  private String name = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A token to be examined; it is not used up.")
  private Optional<Path> tokenFile = Optional.empty();

  IdpTestCommand(Daypassd root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = root.config();
    if (!config.identity().containsKey(name)) {
      throw Asker.unknown(config, name);
    }
    Optional<String> token = token();
    ProbeReport report =
        new ProviderProbe(OidcProviders.of(config), root.surroundings().clock()).probe(name, token);
    Terminal terminal = Terminal.out(root.surroundings());
    int exit = provider(report, terminal);
    if (report.token().isPresent()) {
      terminal.blank();
      exit =
          Math.max(
              exit,
              token(
                  report,
                  report.token().get(),
                  config,
                  terminal,
                  root.surroundings().clock().instant()));
    }
    exit = Math.max(exit, signIn(config, report.problem().isPresent(), terminal));
    report.warnings().forEach(warning -> terminal.note(name, warning));
    return exit;
  }

  /** How persons sign in there, if they do. */
  private int signIn(DaypassConfig config, boolean unreachable, Terminal terminal) {
    Optional<SignInClient> client =
        OidcProviders.signIns(config).stream()
            .filter(c -> c.provider().name().equals(name))
            .findFirst();
    if (client.isEmpty() || unreachable) {
      return ExitCode.DONE;
    }
    SignInProbe.Report report = SignInProbe.probe(client.get(), config.url());
    terminal.blank();
    terminal.heading("sign-in");
    terminal.facts(
        new Facts().add("problem", report.problem()).addAll(client.get().title(), report.facts()));
    report.warnings().forEach(warning -> terminal.note(name, warning));
    return report.problem().isPresent() ? ExitCode.UNREACHABLE : ExitCode.DONE;
  }

  private Optional<String> token() throws CommandRefused {
    if (tokenFile.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(tokenFile.get()).strip());
    } catch (IOException _) {
      throw new CommandRefused(tokenFile.get() + " cannot be read", "name a file with the token");
    }
  }

  private static int provider(ProbeReport report, Terminal terminal) {
    if (report.problem().isPresent()) {
      terminal.bad("unreachable:", report.provider());
    } else {
      terminal.good("good:", report.provider() + " answers");
    }
    Facts facts =
        new Facts()
            .add("issuer", report.issuer())
            .add("discovery", report.discovery())
            .add("problem", report.problem());
    if (report.problem().isEmpty()) {
      facts.addAll("keys", report.keys());
    }
    terminal.facts(facts);
    if (report.problem().isPresent()) {
      terminal.remedy(
          2, "compare issuer with the provider's own; look whether this machine may go there");
      return ExitCode.UNREACHABLE;
    }
    return ExitCode.DONE;
  }

  private static int token(
      ProbeReport report,
      Authentication token,
      DaypassConfig config,
      Terminal terminal,
      Instant now)
      throws ConfigInvalid {
    int exit =
        switch (token) {
          case Authentication.Authenticated(var identity, var expires) -> {
            terminal.good("good:", "the token is " + identity.username() + "'s");
            Facts facts = new Facts().add("expires", expires.map(Spans::exact));
            terminal.facts(whoever(facts, identity, config, now));
            yield ExitCode.DONE;
          }
          case Authentication.Refused(var code, var detail, var remedy, _) -> {
            terminal.bad("refused:", detail);
            terminal.facts(new Facts().add("code", code));
            terminal.remedy(2, remedy);
            yield ExitCode.REFUSED;
          }
          case Authentication.Unavailable(var detail) -> {
            terminal.bad("unreachable:", detail);
            yield ExitCode.UNREACHABLE;
          }
        };
    Facts claims = new Facts();
    report.claims().forEach(claims::add);
    terminal.blank();
    terminal.heading("claims");
    terminal.facts(claims);
    return exit;
  }

  private static Facts whoever(Facts facts, Identity identity, DaypassConfig config, Instant now)
      throws ConfigInvalid {
    var views =
        PolicyFile.read(config.policy(), config.identity().keySet())
            .policy()
            .rolesFor(identity, now);
    return facts
        .add("kind", identity.kind().text())
        .add("subject", identity.id().subject())
        .add("e-mail", identity.verifiedEmail())
        .add("account", identity.account())
        .addAll("groups", identity.groups().stream().sorted().toList())
        .addAll(
            "roles",
            views.stream()
                .filter(view -> view.standing() != RoleView.Standing.REFUSED)
                .map(IdpTestCommand::role)
                .toList());
  }

  private static String role(RoleView view) {
    boolean depends = view.standing() == RoleView.Standing.DEPENDS_ON_REQUEST;
    return view.role().name() + (depends ? " (depends on the request)" : "");
  }
}
