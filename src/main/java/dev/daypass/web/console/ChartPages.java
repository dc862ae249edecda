package dev.daypass.web.console;

import dev.daypass.ledger.count.Counts;
import dev.daypass.ledger.count.Lasting;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.web.audit.LedgerReader;
import dev.daypass.web.body.Problem;
import dev.daypass.web.console.chart.Drawing;
import dev.daypass.web.console.session.Door;
import dev.daypass.web.console.session.Visit;
import dev.daypass.web.console.story.Durations;
import dev.daypass.web.console.story.Lines;
import dev.daypass.web.console.story.Links;
import dev.daypass.web.console.story.OfKind;
import dev.daypass.web.console.view.Cell;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.console.view.Section;
import dev.daypass.web.console.view.Sheet;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.QueryRule;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.io.IOException;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** What one would rather look at than read. */
final class ChartPages {
  private static final String PATH = "/console/charts";
  private static final List<String> LENGTHS = List.of("7", "30", "90", "365");
  private static final String USUAL = "30";
  private static final int ALARMS = 10;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private final Desks desks;
  private final LedgerReader ledger;
  private final ConsoleSources sources;
  private final InstantSource clock;

  ChartPages(Desks desks, LedgerReader ledger, ConsoleSources sources, InstantSource clock) {
    this.desks = desks;
    this.ledger = ledger;
    this.sources = sources;
    this.clock = clock;
  }

  List<Endpoint> endpoints(Door door) {
    return List.of(Endpoint.get(PATH, door.auditors(this::show)).taking(QueryRule.of("days")));
  }

  private Reply show(Exchange exchange, Visit visit) throws RequestFailed, IOException {
    String length = exchange.query("days").orElse(USUAL);
    if (!LENGTHS.contains(length)) {
      throw new RequestFailed(
          Problem.of(
              400,
              "invalid_parameter",
              "Charts are of 7, 30, 90 or 365 days.",
              "Choose one of them."));
    }
    Counts counts = sources.counts(Integer.parseInt(length));
    List<Section> sections = new ArrayList<>();
    sections.add(new Section.Words("The last", choices(length)));
    sections.add(sums(counts));
    sections.add(
        Drawing.bars(
            "Grants by role",
            "Role",
            "Grants",
            counts.byRole(),
            role -> role.equals(Counts.ERASED) ? Part.quiet(role) : Links.role(role),
            "Nothing was granted in this time."));
    sections.add(byDay("Grants by day", "Grants", counts, Counts.Day::grants));
    sections.add(byDay("Refusals by day", "Refusals", counts, Counts.Day::refusals));
    sections.add(byDay("Alarms by day", "Alarms", counts, Counts.Day::alarms));
    sections.add(byHour(counts));
    sections.add(longest(counts));
    sections.add(unused(counts));
    sections.add(alarms());
    String lead =
        counts.missing() == 0
            ? "What was granted, refused and alarmed of."
            : "Still counting: the newest %,d entries are not in it yet. Load the page again soon."
                .formatted(counts.missing());
    return Sheets.sheet(new Sheet(desks.of(visit, "Charts", PATH), lead, sections));
  }

  private static List<Part> choices(String chosen) {
    return LENGTHS.stream()
        .map(days ->
            days.equals(chosen)
                ? Part.strong(days + " days")
                : Part.link(days + " days", PATH + "?days=" + days))
        .toList();
  }

  private static Section sums(Counts counts) {
    return new Section.Facts(
        "In all",
        List.of(
            Section.Fact.of("Granted", Part.strong("%,d".formatted(counts.grants()))),
            Section.Fact.of("Refused", Part.strong("%,d".formatted(counts.refusals()))),
            Section.Fact.of(
                "Alarms",
                counts.alarms() > 0
                    ? Part.alarm("%,d".formatted(counts.alarms()))
                    : Part.strong("none"))));
  }

  private static Section byDay(
      String heading, String unit, Counts counts, ToLongFunction<Counts.Day> count) {
    List<Map.Entry<String, Long>> values =
        counts.days().stream()
            .map(day -> Map.entry(DAY.format(day.date()), count.applyAsLong(day)))
            .toList();
    int step = Math.max(1, values.size() / 6);
    return Drawing.columns(
        heading, "Day", unit, values, i -> i % step == step / 2 ? values.get(i).getKey() : "");
  }

  private static Section byHour(Counts counts) {
    List<Map.Entry<String, Long>> values =
        IntStream.range(0, counts.byHour().size())
            .mapToObj(hour -> Map.entry("%02d:00".formatted(hour), counts.byHour().get(hour)))
            .toList();
    return Drawing.columns(
        "Grants by hour of the day",
        "Hour (UTC)",
        "Grants",
        values,
        i -> i % 3 == 0 ? values.get(i).getKey().substring(0, 2) : "");
  }

  private static Section longest(Counts counts) {
    return new Section.Table(
        "Certificates that last longest",
        List.of("Entry", "Role", "Lasts"),
        counts.longest().stream().map(ChartPages::row).toList(),
        "Nothing was granted in this time.",
        null);
  }

  private static List<Cell> row(Lasting lasting) {
    return List.of(
        Cell.of(Links.entry(Long.toString(lasting.entry()))),
        Cell.of(lasting.role().map(Links::role).orElseGet(() -> Part.quiet(Counts.ERASED))),
        Cell.of(Durations.said(Durations.rounded(lasting.time()))));
  }

  /** What nobody got in all that time may be a role too many. */
  private Section unused(Counts counts) {
    List<List<Cell>> rows =
        sources.policy().roles().values().stream()
            .filter(role -> !counts.byRole().containsKey(role.name().text()))
            .map(role ->
                List.of(Cell.of(Links.role(role.name().text())), Cell.of(role.description())))
            .toList();
    return new Section.Table(
        "Roles never used",
        List.of("Role", "Description"),
        rows,
        "Every role of the policy in force was used.",
        null);
  }

  private Section alarms() throws IOException {
    return new Section.Story(
        "Newest alarms",
        ledger.page(OfKind.of(EntryKind.SESSION_ALARM), Optional.empty(), ALARMS).entries().stream()
            .map(read -> Lines.of(read, clock.instant()))
            .toList(),
        "No alarm was ever raised.");
  }
}
