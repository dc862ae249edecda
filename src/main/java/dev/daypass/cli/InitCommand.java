package dev.daypass.cli;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.keys.KeyConfig;
import dev.daypass.config.value.Secret;
import dev.daypass.custody.KeyCeremony;
import dev.daypass.custody.KeyCeremonyPlan;
import dev.daypass.custody.KeyCeremonyRefused;
import dev.daypass.custody.KeyCeremonyReport;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.custody.remote.RemoteSigner;
import dev.daypass.fleet.ServerMode;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
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

  @Option(
      names = "--existing-keys",
      description = "Take the key files that are there as they are, and make only the others.")
  private boolean existingKeys;

  @Option(
      names = "--previous",
      paramLabel = "FILE",
      description = {
        "The last checkpoint of a ledger that is closed because entries are lost for good;",
        "this one, under another origin and with new CA keys, takes its place."
      })
  private @Nullable Path previous;

  InitCommand(Daypassd root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = root.config();
    Map<KeyUse, Path> keys = new EnumMap<>(KeyUse.class);
    Map<KeyUse, SshPublicKey> present = new EnumMap<>(KeyUse.class);
    Optional<Path> signer = config.keys().signer();
    if (signer.isPresent()) {
      present.putAll(heldBySigner(signer.get()));
    } else {
      sort(KeyUse.USER_CA, config.keys().userCa(), keys, present);
      sort(KeyUse.HOST_CA, config.keys().hostCa(), keys, present);
      sort(KeyUse.LEDGER, config.keys().ledger(), keys, present);
    }
    sort(KeyUse.CHANNEL, config.keys().channel(), keys, present);
    Optional<SignedNote> closed = closed(config);
    KeyCeremonyPlan plan =
        new KeyCeremonyPlan(
            new StateFolder(config.state()),
            keys,
            present,
            signer.isPresent() ? Optional.empty() : Optional.of(config.ledger().head()),
            config.ledger().origin(),
            Set.of(ServerMode.values()),
            root.surroundings().clock().instant(),
            KeyCeremonyPlan.DEFAULT_BUNDLE_LIFETIME);
    Optional<char[]> passphrase =
        new RootPassphrase(Optional.ofNullable(rootPassphraseFile), root.surroundings().secrets())
            .read();
    try {
      KeyCeremonyReport report = KeyCeremony.perform(plan, passphrase);
      if (closed.isPresent()) {
        Files.writeString(plan.state().previousCheckpoint(), closed.get().encode());
      }
      root.surroundings().out().print(report.text());
      return ExitCode.DONE;
    } catch (KeyCeremonyRefused refused) {
      Terminal terminal = Terminal.err(root.surroundings());
      terminal.bad("refused:", "something is there already, and init never overwrites");
      terminal.facts(new Facts().addAll("there", refused.present()));
      terminal.remedy(2, "serve with what is there, or name another --state");
      return ExitCode.REFUSED;
    }
  }

  private static Map<KeyUse, SshPublicKey> heldBySigner(Path socket) throws IOException {
    try (RemoteSigner signer = RemoteSigner.open(socket)) {
      return Map.of(
          KeyUse.USER_CA, signer.keys().userCa(),
          KeyUse.HOST_CA, signer.keys().hostCa(),
          KeyUse.LEDGER, signer.keys().ledger());
    }
  }

  /** A file is made unless the operator says that it is there; what is elsewhere must be there. */
  private void sort(
      KeyUse use, KeyConfig key, Map<KeyUse, Path> made, Map<KeyUse, SshPublicKey> present)
      throws IOException, CommandRefused {
    switch (key) {
      case KeyConfig.InAgent agent -> present.put(use, KeyFile.readPublic(agent.publicHalf()));
      case KeyConfig.InToken token -> present.put(use, KeyFile.readPublic(token.publicHalf()));
      case KeyConfig.InFile file -> {
        if (existingKeys && Files.exists(file.file())) {
          present.put(
              use,
              KeyFile.unlock(
                      file.file(),
                      file.passphrase().map(Secret::reveal).map(String::toCharArray),
                      file.rsaHash())
                  .publicKey());
        } else if (file.passphrase().isPresent()) {
          throw new CommandRefused(
              "init makes no encrypted key for keys." + use.keyName(),
              "make it with ssh-keygen, then run daypassd init --existing-keys");
        } else {
          made.put(use, file.file());
        }
      }
    }
  }

  private Optional<SignedNote> closed(DaypassConfig config) throws CommandRefused {
    if (previous == null) {
      return Optional.empty();
    }
    try {
      SignedNote note = SignedNote.parse(Files.readString(previous));
      if (Checkpoint.parse(note.text()).origin().equals(config.ledger().origin())) {
        throw new CommandRefused(
            "a ledger does not follow itself: " + config.ledger().origin(),
            "choose another ledger.origin; no verifier takes two histories under one name");
      }
      return Optional.of(note);
    } catch (IOException | TlogFormatException _) {
      throw new CommandRefused(previous + " is no checkpoint", "name a signed note, as served");
    }
  }
}
