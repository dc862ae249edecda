package dev.daypass.cli.ledger;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.yaml.Printable;
import dev.daypass.fleet.session.UnusedCertificates;
import dev.daypass.fleet.session.UnusedCertificates.Summary;
import dev.daypass.fleet.session.UnusedCertificates.Unused;
import dev.daypass.ledger.read.EntryCsv;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd ledger unused}: certificates with which nobody logged in. */
@Command(
    name = "unused",
    description = {
      "List certificates that were granted, have ended, and opened no session.",
      "Servers report sessions once they have joined; what opens others counts as unused."
    })
public final class LedgerUnusedCommand implements Callable<Integer> {
  private static final Duration USUAL = Duration.ofDays(30);

  private final Invocation root;

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Granted since, as 2026-11-21T00:00:00Z (default: 30 days ago).")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "And before (default: now).")
  private Optional<String> to = Optional.empty();

  @Option(names = "--csv", description = "As comma-separated values (RFC 4180), nothing else.")
  private boolean csv;

  public LedgerUnusedCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    Instant now = root.surroundings().clock().instant();
    Instant since = time(from).orElse(now.minus(USUAL));
    Instant until = time(to).orElse(now);
    PrintStream out = root.surroundings().out();
    try (SqliteDatabase database = SqliteDatabase.openForReading(root.config().store().sqlite())) {
      UnusedCertificates all = new UnusedCertificates(new SqliteLedgerReader(database));
      if (csv) {
        out.println("serial,granted,ended,user,role,reason");
        var _ = all.report(since, until, now, unused -> out.println(csvLine(unused)));
      } else {
        summarise(all.report(since, until, now, unused -> out.println(row(unused))), since);
      }
      return ExitCode.DONE;
    } catch (StoreFailed failure) {
      throw LedgerVerifyCommand.unreadable(failure);
    }
  }

  private void summarise(Summary summary, Instant since) {
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.say(
        "%s%d of %d certificates granted since %s opened no session."
            .formatted(
                summary.unused() > 0 ? "\n" : "",
                summary.unused(),
                summary.granted(),
                Spans.exact(since)));
    if (summary.open() > 0) {
      terminal.say(summary.open() + " more have opened none and have not ended yet.");
    }
  }

  /** Columns that stay where they are, so that a million lines need no second look. */
  private static String row(Unused unused) {
    return Printable.escape(
        "%10s  %s  %-28s  %s"
            .formatted(
                unused.serial(),
                Spans.exact(unused.grantedAt()),
                unused.user().orElse("erased"),
                unused.role().orElse("")));
  }

  private static String csvLine(Unused unused) {
    return Stream.of(
            unused.serial().toString(),
            unused.grantedAt().toString(),
            unused.validBefore().map(Instant::toString).orElse(""),
            unused.user().orElse("erased"),
            unused.role().orElse(""),
            unused.reason().orElse(""))
        .map(EntryCsv::field)
        .collect(Collectors.joining(","));
  }

  private static Optional<Instant> time(Optional<String> text) throws CommandRefused {
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException _) {
      throw new CommandRefused(
          ExitCode.USAGE, text.orElse("") + " is no time.", "write it as 2026-11-21T00:00:00Z");
    }
  }
}
