package dev.daypass.cli.audit;

import dev.daypass.config.yaml.Printable;
import dev.daypass.ledger.read.ReadEntry;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Entries as lines whose columns stay where they are and fit the terminal. */
final class EntryTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Number, time and kind, with what is between them. */
  private static final int FIXED = 9 + 2 + 19 + 2 + 24 + 2;

  private static final int PERSON = 24;
  private static final int ROLE = 18;
  private static final int LEAST = 12;

  private final int rest;

  /**
   * @param width of the terminal; nothing is cut where nobody looks
   */
  EntryTable(int width) {
    this.rest = Math.max(LEAST, width - FIXED - PERSON - 2 - ROLE - 2);
  }

  String head() {
    return line("ENTRY", "TIME (UTC)", "KIND", List.of("PERSON", "ROLE", "REASON, SERVERS"));
  }

  String of(ReadEntry entry) {
    String why = entry.reason().orElse("");
    String servers = String.join(" ", entry.servers());
    String said = why.isEmpty() || servers.isEmpty() ? why + servers : why + "  " + servers;
    return line(
        entry.number().toString(),
        TIME.format(entry.entry().at()),
        entry.entry().kind().wireName(),
        List.of(
            entry.person().orElse(entry.details().isEmpty() ? "(erased)" : ""),
            entry.role().orElse(""),
            said));
  }

  private String line(String number, String time, String kind, List<String> told) {
    return "%9s  %-19s  %-24s  %s  %s  %s"
        .formatted(
            number,
            time,
            kind,
            cut(told.get(0), PERSON),
            cut(told.get(1), ROLE),
            cut(told.get(2), rest).stripTrailing())
        .stripTrailing();
  }

  private static String cut(String text, int width) {
    String safe = Printable.escape(text);
    return safe.length() > width
        ? safe.substring(0, width - 1) + "…"
        : safe + " ".repeat(Math.max(0, Math.min(width, PERSON) - safe.length()));
  }
}
