package dev.daypass.cli.audit;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.ledger.LedgerVerifyCommand;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Surroundings;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.verify.ExportLine;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daypassd ledger search}: the newest entries that match. */
@Command(
    name = "search",
    description = {
      "Find entries, the newest first.",
      "--person, --role, --server, --key and --kind are found by an index; the rest is looked for."
    })
public final class LedgerSearchCommand implements Callable<Integer> {
  private static final int PAGE = 500;
  private static final int UNCUT = 10_000;
  private static final int USUAL_WIDTH = 120;

  private final Invocation root;

  @Mixin private final EntryOptions which = new EntryOptions();

  @Option(names = "--limit", paramLabel = "N", description = "How many at most (default: 50).")
  private int limit = 50;

  @Option(names = "--before", paramLabel = "N", description = "Only entries before this one.")
  private Optional<Long> before = Optional.empty();

  @Option(names = "--json", description = "A line of JSON for each, as an export has it.")
  private boolean json;

  public LedgerSearchCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    try (SqliteDatabase database = SqliteDatabase.openForReading(root.config().store().sqlite())) {
      SqliteLedgerReader store = new SqliteLedgerReader(database);
      TreeSize size = store.head().frontier().size();
      EntryFilter filter = which.filter(database);
      EntryTable table = new EntryTable(width());
      Optional<EntryNumber> next =
          print(new EntryBrowser(store, () -> size), filter, table, Math.max(1, limit));
      if (next.isPresent() && !json) {
        Terminal.out(root.surroundings()).remedy(0, "more with --before " + next.get());
      }
      return ExitCode.DONE;
    } catch (StoreFailed failure) {
      throw LedgerVerifyCommand.unreadable(failure);
    }
  }

  /** Answers where it would go on. */
  private Optional<EntryNumber> print(
      EntryBrowser browser, EntryFilter filter, EntryTable table, int wanted) throws StoreFailed {
    Optional<EntryNumber> next = before.map(EntryNumber::new);
    int printed = 0;
    do {
      EntryPage page = browser.page(filter, next, Math.min(PAGE, wanted - printed));
      for (ReadEntry entry : page.entries()) {
        if (printed++ == 0 && !json) {
          root.surroundings().out().println(table.head());
        }
        root.surroundings().out().println(json ? json(entry) : table.of(entry));
      }
      next = page.next();
    } while (next.isPresent() && printed < wanted);
    if (printed == 0 && !json) {
      Terminal.out(root.surroundings()).say("No entry matches.");
    }
    return next;
  }

  private static String json(ReadEntry entry) {
    return new String(
        new ExportLine.Exported(entry.stored()).encode().toArray(), StandardCharsets.UTF_8);
  }

  /** As the shell tells it; where nobody looks nothing is cut. */
  private int width() {
    Surroundings around = root.surroundings();
    String columns = around.environment().getOrDefault("COLUMNS", "");
    if (columns.matches("[1-9][0-9]{1,3}")) {
      return Integer.parseInt(columns);
    }
    return around.isTerminal() ? USUAL_WIDTH : UNCUT;
  }
}
