package dev.daypass.cli;

import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.keys.KeyConfig;
import dev.daypass.config.signer.SignerConfig;
import dev.daypass.config.signer.SignerConfigReader;
import dev.daypass.custody.KeyCeremonyRefused;
import dev.daypass.custody.SignerCeremony;
import dev.daypass.signer.KeyUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd signer}: the process that alone holds CA keys and ledger key. */
@Command(
    name = "signer",
    description = {
      "Run the signer, which holds CA keys and ledger key, in a process of its own.",
      "Its configuration is /etc/daypass/signer.yaml unless --config names another."
    })
final class SignerCommand implements Callable<Integer> {
  private final Daypassd root;
  private final SignerStart signer;

  @Option(
      names = "--init",
      description = "Make its keys and its head, and end; key files that are there are kept.")
  private boolean init;

  SignerCommand(Daypassd root, SignerStart signer) {
    this.root = root;
    this.signer = signer;
  }

  @Override
  public Integer call() throws Exception {
    Path file = root.configFile();
    SignerConfig config =
        new SignerConfigReader(root.surroundings().credentials())
            .read(file.equals(DaypassConfig.DEFAULT_FILE) ? SignerConfig.DEFAULT_FILE : file);
    return init ? make(config) : signer.run(config);
  }

  private int make(SignerConfig config) throws Exception {
    Map<KeyUse, Path> keys = new EnumMap<>(KeyUse.class);
    add(keys, KeyUse.USER_CA, config.keys().userCas().getFirst());
    add(keys, KeyUse.HOST_CA, config.keys().hostCas().getFirst());
    add(keys, KeyUse.LEDGER, config.keys().ledgers().getFirst());
    try {
      SignerCeremony.perform(keys, config.head(), config.origin());
    } catch (KeyCeremonyRefused refused) {
      Terminal terminal = Terminal.err(root.surroundings());
      terminal.bad("refused:", "something is there already, and is never overwritten");
      terminal.facts(new Facts().addAll("there", refused.present()));
      terminal.remedy(2, "start the signer with what is there: daypassd signer");
      return ExitCode.REFUSED;
    }
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("made:", "the signer of " + config.origin());
    terminal.facts(new Facts().addAll("keys", keys.values()).add("head", config.head().toString()));
    terminal.remedy(
        2, "start it (daypassd signer), then run daypassd init as user " + config.client());
    return ExitCode.DONE;
  }

  private static void add(Map<KeyUse, Path> made, KeyUse use, KeyConfig key) {
    if (key instanceof KeyConfig.InFile file && !Files.exists(file.file())) {
      made.put(use, file.file());
    }
  }
}
