package dev.daypass.cli;

import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.custody.KeyCeremony;
import dev.daypass.custody.KeyCeremonyPlan;
import dev.daypass.custody.KeyCeremonyRefused;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.ServerMode;
import dev.daypass.signer.KeyUse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd init}: makes the keys of a new CA; never overwrites anything. */
@Command(name = "init", description = "Make the state folder, the keys and trust bundle 1.")
final class InitCommand implements Callable<Integer> {
  private final Daypassd root;

  @Option(
      names = "--root-passphrase-file",
      paramLabel = "FILE",
      description = {
        "Encrypt the root key with the passphrase in this file, mode 0600.",
        "Without it, a terminal is asked."
      })
  private @Nullable Path rootPassphraseFile;

  InitCommand(Daypassd root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = root.config();
    Map<KeyUse, Path> keys =
        Map.of(
            KeyUse.USER_CA, config.keys().userCa(),
            KeyUse.HOST_CA, config.keys().hostCa(),
            KeyUse.LEDGER, config.keys().ledger(),
            KeyUse.CHANNEL, config.keys().channel());
    KeyCeremonyPlan plan =
        new KeyCeremonyPlan(
            new StateFolder(config.state()),
            keys,
            config.ledger().head(),
            config.ledger().origin(),
            Set.of(ServerMode.values()),
            root.surroundings().clock().instant(),
            KeyCeremonyPlan.DEFAULT_BUNDLE_LIFETIME);
    Optional<char[]> passphrase =
        new RootPassphrase(Optional.ofNullable(rootPassphraseFile), root.surroundings().secrets())
            .read();
    try {
      root.surroundings().out().print(KeyCeremony.perform(plan, passphrase).text());
      return ExitCode.DONE;
    } catch (KeyCeremonyRefused refused) {
      Terminal terminal = Terminal.err(root.surroundings());
      terminal.bad("refused:", "something is there already, and init never overwrites");
      terminal.facts(new Facts().addAll("there", refused.present()));
      terminal.remedy(2, "serve with what is there, or name another --state");
      return ExitCode.REFUSED;
    }
  }
}
