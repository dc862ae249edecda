package dev.daypass.web.console;

import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.audit.ExportWriting;
import dev.daypass.web.audit.LedgerReader;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.body.RequestFields;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import dev.daypass.web.console.session.Door;
import dev.daypass.web.console.session.Visit;
import dev.daypass.web.console.story.Lines;
import dev.daypass.web.console.view.LedgerView;
import dev.daypass.web.console.view.Line;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.PageRules;
import dev.daypass.web.exchange.QueryRule;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The ledger, the newest entries first, and taking it away. */
final class LedgerPages {
  static final String PATH = "/console/";
  private static final int ON_A_PAGE = 100;
  private static final int WARNINGS = 3;
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Desks desks;
  private final LedgerReader ledger;
  private final ConsoleSources sources;
  private final InstantSource clock;

  LedgerPages(Desks desks, LedgerReader ledger, ConsoleSources sources, InstantSource clock) {
    this.desks = desks;
    this.ledger = ledger;
    this.sources = sources;
    this.clock = clock;
  }

  List<Endpoint> endpoints(Door door) {
    List<String> names = new ArrayList<>(Filters.NAMES);
    names.addAll(List.of("before", "follow"));
    return List.of(
        Endpoint.get(PATH, door.auditors(this::show))
            .taking(QueryRule.of(names.toArray(String[]::new))),
        Endpoint.post("/console/export", door.auditors(this::export)));
  }

  private Reply show(Exchange exchange, Visit visit) throws RequestFailed, IOException {
    Map<String, String> query = exchange.query();
    Filters filters = Filters.of(query);
    if (query.containsValue("")) {
      // A form sends its empty fields as well; the address to keep has none.
      return new Reply.SeeOther(address(filters.query(), ""));
    }
    Optional<EntryNumber> before = before(query);
    boolean following = query.containsKey("follow") && before.isEmpty();
    EntryPage page = ledger.page(filters.filter(), before, ON_A_PAGE);
    LedgerView view =
        new LedgerView(
            desks.of(visit, "Ledger", PATH),
            warnings(),
            filters.form(),
            filters.alert().orElse(null),
            days(page.entries(), clock.instant()),
            empty(filters, page),
            before.isPresent() ? address(filters.query(), "") : null,
            page.next().map(next -> address(filters.query(), "before=" + next)).orElse(null),
            new LedgerView.Follow(
                following,
                address(filters.query(), following ? "" : "follow=1"),
                address(filters.query(), "")));
    PageRules rules =
        following
            ? PageRules.followed(PAUSE, address(filters.query(), "follow=1"))
            : PageRules.CONSOLE;
    return new Reply.Page(200, Sheets.ledger(view), rules);
  }

  /** The most pressing; /readyz and the log have them all. */
  private List<String> warnings() {
    List<String> all = sources.warnings();
    List<String> shown = new ArrayList<>(all.subList(0, Math.min(WARNINGS, all.size())));
    if (all.size() > WARNINGS) {
      shown.add("and %d more, which the log names".formatted(all.size() - WARNINGS));
    }
    return shown;
  }

  private Reply export(Exchange exchange, Visit visit) throws RequestFailed, BodyRefused {
    Map<String, Kind> members = new LinkedHashMap<>();
    Filters.NAMES.forEach(name -> members.put(name, Kind.TEXT));
    members.put("format", Kind.TEXT);
    members.put(Visit.TOKEN, Kind.TEXT);
    RequestFields form = visit.form(RequestShape.of(members), exchange);
    Map<String, String> given = new LinkedHashMap<>();
    Filters.NAMES.forEach(name -> form.text(name).ifPresent(value -> given.put(name, value)));
    Filters filters = Filters.of(given);
    if (filters.alert().isPresent()) {
      throw new RequestFailed(
          Problem.of(400, "invalid_parameter", filters.alert().get(), "Correct the filters."));
    }
    ExportWriting writing =
        ExportWriting.of(form.required("format"))
            .orElseThrow(() ->
                new RequestFailed(
                    Problem.of(
                        400, "invalid_parameter", "There is no such format.", "CSV or NDJSON.")));
    LedgerReader.Export export =
        ledger
            .export(filters.filter(), visit.identity(), writing.word())
            .orElseThrow(() ->
                new RequestFailed(
                    Problem.of(
                        503,
                        "unavailable",
                        "That you take it away cannot be written down now.",
                        "Try again; see /readyz.")));
    String name = "daypass-ledger-" + clock.instant().toString().substring(0, 10);
    return new Reply.Download(
        writing.contentType(), name + "." + writing.word(), writing.of(export));
  }

  private static Optional<EntryNumber> before(Map<String, String> query) throws RequestFailed {
    String text = query.get("before");
    if (text != null && !text.matches("0|[1-9][0-9]{0,17}")) {
      throw new RequestFailed(
          Problem.of(
              400, "invalid_parameter", "A page begins at an entry's number.", "Begin anew."));
    }
    return Optional.ofNullable(text).map(number -> new EntryNumber(Long.parseLong(number)));
  }

  private static List<LedgerView.Day> days(List<ReadEntry> entries, Instant now) {
    Map<String, List<Line>> byDay = new LinkedHashMap<>();
    entries.forEach(entry ->
        byDay
            .computeIfAbsent(DAY.format(entry.entry().at()), _ -> new ArrayList<>())
            .add(Lines.of(entry, now)));
    return byDay.entrySet().stream()
        .map(day -> new LedgerView.Day(day.getKey(), day.getValue()))
        .toList();
  }

  private static String empty(Filters filters, EntryPage page) {
    if (page.next().isPresent()) {
      return "Nothing among the entries that one page looks through. Older ones may match.";
    }
    return filters.given().isEmpty()
        ? "Nothing yet. Each login, grant, refusal and session will be a line here."
        : "No entry matches. Ask less, or look at everything.";
  }

  private static String address(String query, String more) {
    String all = query.isEmpty() || more.isEmpty() ? query + more : query + "&" + more;
    return all.isEmpty() ? PATH : PATH + "?" + all;
  }
}
