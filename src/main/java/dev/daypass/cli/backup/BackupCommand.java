package dev.daypass.cli.backup;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.ledger.LedgerCheck;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoreFull;
import dev.daypass.ledger.verify.LedgerReport;
import dev.daypass.store.StoreCopy;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd backup}: the store as it is now, verified, while the daemon goes on. */
@Command(
    name = "backup",
    description = {
      "Copy the ledger and the public half of the state into a new folder, and verify the copy.",
      "The daemon may run. No private key is in it, and not the signer's head."
    })
public final class BackupCommand implements Callable<Integer> {
  private final Invocation root;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "The folder to make; it must not be there.")
  private Path to = Path.of("");

  public BackupCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = root.config();
    Path target = to.toAbsolutePath().normalize();
    BackupFolder folder = create(target);
    try {
      BackupManifest manifest = fill(folder, config);
      folder.seal(manifest);
      Files.move(folder.path(), target, StandardCopyOption.ATOMIC_MOVE);
      BackupFolder.sync(target.resolveSibling(""));
      print(manifest, target);
      return ExitCode.DONE;
    } catch (StoreFull e) {
      throw new CommandRefused("there is no space for the backup at " + target, "make space");
    } catch (StoreFailed e) {
      throw new CommandRefused(
          String.valueOf(e.getMessage()), "name the right --state, and run this as its owner");
    } finally {
      if (Files.exists(folder.path())) {
        folder.delete();
      }
    }
  }

  private static BackupFolder create(Path target) throws CommandRefused, IOException {
    if (Files.exists(target)) {
      throw new CommandRefused(target + " is there already", "name a folder that is not");
    }
    Path unfinished = target.resolveSibling(target.getFileName() + ".part");
    try {
      return BackupFolder.create(unfinished);
    } catch (FileAlreadyExistsException _) {
      throw new CommandRefused(
          "a backup to " + target + " goes on, or was cut off",
          "if none goes on: rm -r " + unfinished);
    } catch (NoSuchFileException _) {
      throw new CommandRefused("there is no " + target.getParent(), "make it, mode 0700");
    }
  }

  private BackupManifest fill(BackupFolder folder, DaypassConfig config) throws Exception {
    Instant taken = root.surroundings().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    try (CopyBar _ =
        CopyBar.start(
            root.surroundings(), folder.store(), StoreCopy.size(config.store().sqlite()))) {
      StoreCopy.take(config.store().sqlite(), folder.store());
    }
    LedgerReport report = LedgerCheck.of(root, folder.store());
    if (!report.good()) {
      throw new CommandRefused(
          "this ledger is not what it should be; nothing was kept as a backup",
          "see each fault with daypassd ledger verify, and keep the backups that there are");
    }
    for (PublicHalf.Part part : PublicHalf.of(config.state())) {
      folder.add(part.name(), part.file());
    }
    folder.add("config/daypass.yaml", root.configFile());
    folder.add("config/policy.yaml", config.policy());
    // Reading it for the check leaves an index beside it, which means nothing.
    for (String left : new String[] {"-shm", "-wal"}) {
      Files.deleteIfExists(folder.path().resolve(BackupFolder.STORE + left));
    }
    return new BackupManifest(
        config.ledger().origin(), report.size(), report.root(), taken, folder.sums());
  }

  private void print(BackupManifest manifest, Path target) throws IOException {
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("done:", "a verified backup of the ledger " + manifest.origin());
    terminal.facts(
        new Facts()
            .add("folder", target.toString())
            .add(
                "entries",
                String.format(Locale.ROOT, "%,d", manifest.size().value()).replace(',', ' '))
            .add("root", manifest.root().toString())
            .add("size", megabytes(Files.size(target.resolve(BackupFolder.STORE))))
            .add("keys", "none: keep keys/ apart from it, once, where the root key is"));
    terminal.remedy(2, "it holds details of persons: keep it as you keep the state folder");
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6).replace(',', ' ');
  }
}
