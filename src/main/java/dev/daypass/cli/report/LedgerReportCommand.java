package dev.daypass.cli.report;

import dev.daypass.cli.audit.Taken;
import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.ledger.LedgerVerifyCommand;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.ProgressBar;
import dev.daypass.cli.terminal.Surroundings;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd ledger report}: an evidence pack of a span of time. */
@Command(
    name = "report",
    description = {
      "Write a folder for auditors: a page, tables, the entries, and the proofs of all of it,",
      "mapped to SOC 2 CC6.1 to CC6.3 and CC7.2 and to HIPAA 164.312 (a), (b), (d)."
    })
public final class LedgerReportCommand implements Callable<Integer> {
  private final Invocation root;

  @Option(
      names = "--from",
      paramLabel = "T",
      required = true,
      description = "Since, as 2026-11-21[T01:13:00Z].")
  private String from = "";

  @Option(names = "--to", paramLabel = "T", required = true, description = "And before.")
  private String to = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "A folder that is not there yet.")
  private Path out = Path.of("");

  public LedgerReportCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    Instant since = Taken.moment(from);
    Instant until = Taken.moment(to);
    if (!since.isBefore(until)) {
      throw new CommandRefused(ExitCode.USAGE, "--to is not after --from.", "turn them round");
    }
    if (Files.exists(out)) {
      throw new CommandRefused(out + " is there already.", "name another folder");
    }
    DaypassConfig config = root.config();
    try (SqliteDatabase database = SqliteDatabase.openForReading(config.store().sqlite())) {
      Taken taken = Taken.recorded(root, "report", Map.of("from", from, "to", to));
      long told = write(database, cover(since, until, taken, config));
      Terminal terminal = Terminal.out(root.surroundings());
      terminal.good("done:", "evidence of " + told + " entries is in " + out);
      terminal.facts(
          new Facts()
              .add("read", out.resolve("index.html").toString())
              .add("check", "daypassd ledger verify --from " + out.resolve("ledger"))
              .add("said in entry", taken.entry()));
      terminal.remedy(2, "it names people: hand it over as you would their files");
      return ExitCode.DONE;
    } catch (StoreFailed failure) {
      throw LedgerVerifyCommand.unreadable(failure);
    }
  }

  /** Either the whole folder is there, or none. */
  private long write(SqliteDatabase database, Cover cover) throws IOException, StoreFailed {
    Path whole = out.toAbsolutePath();
    Path part =
        Files.createTempDirectory(
            whole.resolveSibling(""),
            "." + whole.getFileName() + ".",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Surroundings around = root.surroundings();
      ProgressBar bar = new ProgressBar(around.err(), around.isTerminal());
      long told = new EvidencePack(new SqliteLedgerReader(database), part, cover, bar).write();
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
      return told;
    } finally {
      delete(part);
    }
  }

  private Cover cover(Instant since, Instant until, Taken taken, DaypassConfig config)
      throws IOException, CommandRefused {
    try {
      SignedNote note = SignedNote.parse(taken.checkpoint().orElseThrow());
      return new Cover(
          since,
          until,
          root.surroundings().clock().instant(),
          Checkpoint.parse(note.text()),
          note,
          ledgerKey(config));
    } catch (TlogFormatException e) {
      throw new IOException("the daemon's checkpoint is none", e);
    }
  }

  /** The newest trust bundle names it, wherever it is kept. */
  private static Ed25519PublicKey ledgerKey(DaypassConfig config)
      throws IOException, CommandRefused {
    TrustBundle bundle = StateFolder.open(config.state()).newestBundle().bundle();
    Optional<Ed25519PublicKey> key =
        bundle.ledgerKeys().stream()
            .filter(Ed25519PublicKey.class::isInstance)
            .map(Ed25519PublicKey.class::cast)
            .findFirst();
    return key.orElseThrow(() ->
        new CommandRefused("The trust bundle names no ledger key.", "name the right --state"));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
