package dev.daypass.cli;

import dev.daypass.cli.audit.LedgerExportCommand;
import dev.daypass.cli.audit.LedgerSearchCommand;
import dev.daypass.cli.backup.BackupCommand;
import dev.daypass.cli.backup.RestoreCommand;
import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.host.BundleCommand;
import dev.daypass.cli.host.HostsCommand;
import dev.daypass.cli.key.CaCommand;
import dev.daypass.cli.ledger.LedgerCommand;
import dev.daypass.cli.ledger.LedgerEraseCommand;
import dev.daypass.cli.ledger.LedgerRecoverCommand;
import dev.daypass.cli.ledger.LedgerShowCommand;
import dev.daypass.cli.ledger.LedgerUnusedCommand;
import dev.daypass.cli.ledger.LedgerVerifyCommand;
import dev.daypass.cli.ledger.LedgerWitnessCommand;
import dev.daypass.cli.login.LoginsCommand;
import dev.daypass.cli.login.LoginsEndCommand;
import dev.daypass.cli.login.LoginsListCommand;
import dev.daypass.cli.operate.FreezeCommand;
import dev.daypass.cli.operate.ReloadCommand;
import dev.daypass.cli.operate.RevokeCommand;
import dev.daypass.cli.operate.ThawCommand;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.outcome.Failures;
import dev.daypass.cli.outcome.UsageFaults;
import dev.daypass.cli.policy.PolicyCommand;
import dev.daypass.cli.policy.PolicyReplayCommand;
import dev.daypass.cli.report.LedgerReportCommand;
import dev.daypass.cli.terminal.Surroundings;
import dev.daypass.config.ConfigReader;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.policy.PolicyPlace;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of {@code daypassd}. */
@Command(
    name = "daypassd",
    description = "The SSH certificate authority for temporary production access.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeOnInvalidInput = ExitCode.USAGE,
    exitCodeOnExecutionException = ExitCode.REFUSED,
    footer = {
      "",
      "Exit codes: 0 done, 1 usage, 2 refused, 3 login needed, 4 unreachable.",
    })
public final class Daypassd implements Invocation {
  private final Surroundings surroundings;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The configuration (default: /etc/daypass/daypass.yaml).")
  private Path config = DaypassConfig.DEFAULT_FILE;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The state folder, instead of the configuration's.")
  private Optional<Path> state = Optional.empty();

  private Daypassd(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs one command and answers its exit code; never ends the process. */
  public static int run(
      String[] arguments,
      Surroundings surroundings,
      DaemonStart daemon,
      SignerStart signer,
      QuickstartStart quickstart) {
    Daypassd root = new Daypassd(surroundings);
    VersionCommand version = new VersionCommand(surroundings);
    CommandLine line =
        new CommandLine(root)
            .addSubcommand(new ServeCommand(root, daemon))
            .addSubcommand(new SignerCommand(root, signer))
            .addSubcommand(new InitCommand(root))
            .addSubcommand(new QuickstartCommand(root, quickstart))
            .addSubcommand(new ReloadCommand(root))
            .addSubcommand(new RevokeCommand(root))
            .addSubcommand(new FreezeCommand(root))
            .addSubcommand(new ThawCommand(root))
            .addSubcommand(new BackupCommand(root))
            .addSubcommand(new RestoreCommand(root))
            .addSubcommand(new CheckCommand(root))
            .addSubcommand(new ExplainCommand(root))
            .addSubcommand(
                new CommandLine(new IdpCommand()).addSubcommand(new IdpTestCommand(root)))
            .addSubcommand(
                new CommandLine(new LoginsCommand())
                    .addSubcommand(new LoginsListCommand(root))
                    .addSubcommand(new LoginsEndCommand(root)))
            .addSubcommand(
                new CommandLine(new PolicyCommand()).addSubcommand(new PolicyReplayCommand(root)))
            .addSubcommand(new HostsCommand(root))
            .addSubcommand(new BundleCommand(root))
            .addSubcommand(new CaCommand(root))
            .addSubcommand(
                new CommandLine(new LedgerCommand())
                    .addSubcommand(new LedgerShowCommand(root))
                    .addSubcommand(new LedgerSearchCommand(root))
                    .addSubcommand(new LedgerExportCommand(root))
                    .addSubcommand(new LedgerReportCommand(root))
                    .addSubcommand(new LedgerEraseCommand(root))
                    .addSubcommand(new LedgerRecoverCommand(root))
                    .addSubcommand(new LedgerUnusedCommand(root))
                    .addSubcommand(new LedgerVerifyCommand(root))
                    .addSubcommand(new LedgerWitnessCommand(root)))
            .addSubcommand(version);
    line.getCommandSpec().versionProvider(version);
    return line.setUsageHelpAutoWidth(true)
        .setOut(writer(surroundings.out()))
        .setErr(writer(surroundings.err()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(surroundings.wantsColour() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler(new UsageFaults(surroundings))
        .setExecutionExceptionHandler(new Failures(surroundings))
        .execute(arguments);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  @Override
  public Surroundings surroundings() {
    return surroundings;
  }

  @Override
  public Optional<Path> state() {
    return state;
  }

  @Override
  public Path configFile() {
    return config;
  }

  @Override
  public DaypassConfig config() throws ConfigInvalid {
    return new ConfigReader(surroundings.credentials()).read(config, state);
  }

  Optional<PolicyPlace> policyPlace() {
    return ConfigReader.policyPlace(config);
  }
}
