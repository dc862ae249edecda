package dev.daypass.cli.backup;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.ledger.LedgerCheck;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.custody.StateFolder;
import dev.daypass.custody.TwoSlotHeadFile;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.verify.LedgerReport;
import dev.daypass.signer.SignerHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.store.StoreCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd restore}: a backup becomes the store, and what is missing is said. */
@Command(
    name = "restore",
    description = {
      "Put a backup's ledger in place, after verifying it. The daemon must be stopped.",
      "A store that is there stays beside it, and only --replace lets it be moved."
    })
public final class RestoreCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Invocation root;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "A folder that daypassd backup has made.")
  private Path from = Path.of("");

  @Option(names = "--replace", description = "Move the store that is there aside.")
  private boolean replace;

  public RestoreCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = root.config();
    StateFolder state = StateFolder.open(config.state());
    BackupFolder backup = new BackupFolder(from.toAbsolutePath().normalize());
    BackupManifest manifest = whole(backup, config);
    requireFits(backup, manifest, state);
    Path store = config.store().sqlite();
    if (Files.exists(store) && !replace) {
      throw new CommandRefused(
          "there is a store at " + store,
          "if it is the worse one, add --replace: it is kept aside");
    }
    Path copy = store.resolveSibling(store.getFileName() + ".restoring");
    try {
      // Before a daemon's folder is touched: what is missing in it is the running daemon's matter.
      StoreCopy.requireUnused(store);
      Files.deleteIfExists(copy);
      var _ = BackupFolder.copy(backup.store(), copy);
      requireGood(copy, manifest);
      addMissing(backup, manifest, state);
      String stamp = "." + STAMP.format(root.surroundings().clock().instant());
      Optional<Path> aside = StoreCopy.place(copy, store, stamp);
      print(manifest, aside, head(config));
      return ExitCode.DONE;
    } catch (StoreFailed e) {
      throw new CommandRefused(String.valueOf(e.getMessage()), "stop the daemon first");
    } finally {
      for (String part : new String[] {"", "-wal", "-shm"}) {
        Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + part));
      }
    }
  }

  /** What the backup holds is what was put into it, and it is of this ledger. */
  private static BackupManifest whole(BackupFolder backup, DaypassConfig config)
      throws IOException, CommandRefused {
    BackupManifest manifest = backup.manifest();
    if (!manifest.origin().equals(config.ledger().origin())) {
      throw new CommandRefused(
          "this backup is of the ledger "
              + manifest.origin()
              + ", not of "
              + config.ledger().origin(),
          "name another backup, or the configuration of that ledger");
    }
    Map<String, Bytes> sums = backup.sums();
    for (Map.Entry<String, Bytes> file : manifest.files().entrySet()) {
      if (!file.getValue().equals(sums.get(file.getKey()))) {
        throw new CommandRefused(
            "in the backup " + file.getKey() + " is missing, or is not what was put there",
            "take another backup, or the same one from where it was copied");
      }
    }
    if (!manifest.files().containsKey(BackupFolder.STORE)) {
      throw new CommandRefused("there is no store in the backup", "name another");
    }
    return manifest;
  }

  /** A trust bundle of one number is one bundle, and there is one root key. */
  private static void requireFits(BackupFolder backup, BackupManifest manifest, StateFolder state)
      throws IOException, CommandRefused {
    for (String name : manifest.files().keySet()) {
      Path there = state.path().resolve(name);
      if (restored(name)
          && Files.exists(there)
          && Files.mismatch(there, backup.path().resolve(name)) >= 0) {
        throw new CommandRefused(
            there + " is there, and differs from the backup's",
            "this backup belongs to another state folder; name the right --state");
      }
    }
  }

  private void requireGood(Path copy, BackupManifest manifest) throws Exception {
    LedgerReport report = LedgerCheck.of(root, copy);
    if (!report.good()
        || !report.size().equals(manifest.size())
        || !report.root().equals(manifest.root())) {
      throw new CommandRefused(
          "the ledger in the backup is not what it should be; nothing was changed",
          "see each fault with daypassd ledger verify --from " + from + ", and take another");
    }
  }

  private static void addMissing(BackupFolder backup, BackupManifest manifest, StateFolder state)
      throws IOException {
    for (String name : manifest.files().keySet()) {
      Path there = state.path().resolve(name);
      if (restored(name) && !Files.exists(there)) {
        var _ = BackupFolder.copy(backup.path().resolve(name), there);
      }
    }
  }

  /** The rest is the store itself, and what an operator compares by hand. */
  private static boolean restored(String name) {
    return !name.equals(BackupFolder.STORE) && !name.startsWith("config/");
  }

  /** A separate signer keeps its head elsewhere, and says at the daemon's start what is missing. */
  private static Optional<SignerHead> head(DaypassConfig config) throws IOException {
    if (config.keys().signer().isPresent()) {
      return Optional.empty();
    }
    try (TwoSlotHeadFile file = TwoSlotHeadFile.open(config.ledger().head())) {
      return Optional.of(file.read());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private void print(BackupManifest manifest, Optional<Path> aside, Optional<SignerHead> head) {
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("restored:", "the ledger " + manifest.origin());
    Facts facts =
        new Facts()
            .add("entries", manifest.size().toString())
            .add("taken", Spans.exact(manifest.taken()))
            .add("kept aside", aside);
    long missing = head.map(h -> h.size().value()).orElse(0L) - manifest.size().value();
    if (head.isEmpty()) {
      facts.add("signer's head", "not here; the daemon compares when it starts");
    } else if (missing > 0) {
      facts.add("missing", missing + " entries that the signer has signed for since");
    } else {
      facts.add("missing", "nothing that the signer has signed for");
    }
    terminal.facts(facts);
    if (missing > 0) {
      terminal.note("erasures", "what was erased since is in the backup again; erase it once more");
    }
    terminal.remedy(
        2,
        missing > 0
            ? "bring them back from a copy before the start: daypassd ledger recover --from PLACE"
            : "start the daemon");
  }
}
