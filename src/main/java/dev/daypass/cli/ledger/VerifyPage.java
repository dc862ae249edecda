package dev.daypass.cli.ledger;

import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.ledger.verify.LedgerReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a verification found, on one page.
 *
 * @param remembered what is said of the checkpoint of last time
 */
record VerifyPage(LedgerReport report, String origin, String place, String remembered) {
  void print(Terminal terminal) {
    if (report.good()) {
      terminal.good("good:", "the ledger " + origin + " is whole");
    } else {
      terminal.bad("not good:", "the ledger " + origin + " is not what it should be");
    }
    terminal.facts(
        new Facts()
            .add("read from", place)
            .add("entries", number(report.size().value()))
            .add("root", report.root().toString())
            .addAll("signed up to", signed())
            .add("last time", remembered)
            .addAll("details", details())
            .addAll("certificates", certificates()));
    report
        .faults()
        .forEach(fault -> {
          terminal.blank();
          String where = fault.number().map(n -> "entry " + n).orElse("the ledger");
          terminal.say("  " + where + "  " + fault.problem());
        });
    if (!report.good()) {
      terminal.blank();
      terminal.remedy(2, "stop the daemon, keep this folder as it is, and compare with mirrors");
    }
  }

  /**
   * A commit carries the checkpoint of the one before it ({@code ledger.store.Batch}), so that the
   * newest commit is vouched for by what the daemon serves, and not yet by the store.
   */
  private List<String> signed() {
    if (report.signed().equals(report.size())) {
      return List.of(number(report.signed().value()));
    }
    return List.of(
        number(report.signed().value())
            + ", by what is here; what is newer is vouched for by the daemon:",
        "fetch /ledger/checkpoint, then give it to --checkpoint");
  }

  private List<String> details() {
    LedgerReport.DetailCount count = report.details();
    if (count.withheld()) {
      return List.of("not here: what is published has their hashes alone");
    }
    List<String> lines = new ArrayList<>();
    lines.add(number(count.compared()) + " as they were hashed");
    lines.add(number(count.erased()) + " erased by a later entry");
    if (count.lost() > 0) {
      lines.add(number(count.lost()) + " lost, as a later entry says of a recovery");
    }
    return lines;
  }

  private List<String> certificates() {
    LedgerReport.GrantCount count = report.grants();
    if (report.details().withheld()) {
      return List.of(number(count.all()) + " granted, each under its own number");
    }
    return List.of(
        number(count.all()) + " granted, each under its own number",
        number(count.rebuilt()) + " made again, and as committed to",
        number(count.judged()) + " within the policy in force then");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
  }
}
