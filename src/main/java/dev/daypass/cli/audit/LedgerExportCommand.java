package dev.daypass.cli.audit;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.ledger.LedgerVerifyCommand;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.EntryCsv;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.verify.ExportLine;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daypassd ledger export}: everything that matches, as lines, however many there are. */
@Command(
    name = "export",
    description = {
      "Write every entry that matches, the oldest first. The daemon writes down that it was taken.",
      "NDJSON of the whole ledger ends with its checkpoint: daypassd ledger verify --from FILE."
    })
public final class LedgerExportCommand implements Callable<Integer> {
  private static final int BUFFER = 256 * 1024;

  private final Invocation root;

  @Mixin private final EntryOptions which = new EntryOptions();

  @Option(names = "--csv", description = "As comma-separated values (RFC 4180), not as NDJSON.")
  private boolean csv;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Into this file, which must not be there yet (default: standard output).")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--unrecorded",
      description = "Without a daemon, of a copy of the state: no entry says that it was taken.")
  private boolean unrecorded;

  public LedgerExportCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    if (file.isPresent() && Files.exists(file.get())) {
      throw new CommandRefused(file.get() + " is there already.", "name another file");
    }
    try (SqliteDatabase database = SqliteDatabase.openForReading(root.config().store().sqlite())) {
      EntryFilter filter = which.filter(database);
      SqliteLedgerReader store = new SqliteLedgerReader(database);
      String format = csv ? "csv" : "ndjson";
      Taken taken =
          unrecorded ? Taken.unrecorded(store) : Taken.recorded(root, format, which.words());
      ExportBar bar = new ExportBar(root.surroundings().err(), root.surroundings().isTerminal());
      long written =
          file.isPresent()
              ? toFile(file.get(), store, filter, taken, bar)
              : write(root.surroundings().out(), store, filter, taken, bar);
      summarise(written, taken);
      return ExitCode.DONE;
    } catch (StoreFailed failure) {
      throw LedgerVerifyCommand.unreadable(failure);
    }
  }

  /** On standard error: standard output may be the export. */
  private void summarise(long written, Taken taken) {
    Terminal terminal = Terminal.err(root.surroundings());
    String where = file.map(path -> " to " + path).orElse("");
    terminal.good("done:", written + " of " + taken.size() + " entries written" + where);
    taken.entry().ifPresent(entry -> terminal.remedy(2, "entry " + entry + " says so"));
  }

  /** Either the whole file is there, or none. */
  private long toFile(
      Path file, SqliteLedgerReader store, EntryFilter filter, Taken taken, ExportBar bar)
      throws IOException, StoreFailed {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      long written;
      try (OutputStream out = Files.newOutputStream(part)) {
        written = write(out, store, filter, taken, bar);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return written;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private long write(
      OutputStream raw, SqliteLedgerReader store, EntryFilter filter, Taken taken, ExportBar bar)
      throws IOException, StoreFailed {
    OutputStream out = new BufferedOutputStream(raw, BUFFER);
    long[] written = new long[1];
    if (csv) {
      out.write(EntryCsv.head().getBytes(StandardCharsets.UTF_8));
    }
    EntryBrowser browser = new EntryBrowser(store, taken::size);
    browser.visit(
        filter,
        taken.size(),
        entry -> {
          written[0]++;
          if (csv) {
            out.write(EntryCsv.of(entry).getBytes(StandardCharsets.UTF_8));
          } else {
            line(out, new ExportLine.Exported(entry.stored()));
          }
          bar.reached(entry.number().value() + 1, taken.size().value());
        });
    if (!csv && filter.equals(EntryFilter.ALL) && taken.checkpoint().isPresent()) {
      line(out, new ExportLine.Signed(taken.checkpoint().get()));
    }
    out.flush();
    bar.finish();
    return written[0];
  }

  private static void line(OutputStream out, ExportLine line) throws IOException {
    line.encode().writeTo(out);
    out.write('\n');
  }
}
