package dev.daypass.web.console;

import dev.daypass.identity.Identity;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginView;
import dev.daypass.login.Logins;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.web.asker.LoginProblems;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import dev.daypass.web.console.session.ConsoleSessions;
import dev.daypass.web.console.session.Door;
import dev.daypass.web.console.session.Visit;
import dev.daypass.web.console.view.Cell;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.console.view.Section;
import dev.daypass.web.console.view.Sheet;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import dev.daypass.web.login.History;
import dev.daypass.web.page.Moments;
import dev.daypass.web.page.Shown;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody's own: logins, certificates, keys, and what to do when a laptop is lost. */
final class OwnPages {
  static final String PATH = "/console/me";
  private static final String LOST = PATH + "/lost";
  private static final int LINES = 50;
  private static final RequestShape CONFIRMED = RequestShape.of(Map.of(Visit.TOKEN, Kind.TEXT));

  private final Desks desks;
  private final ConsoleSources sources;
  private final Logins logins;
  private final History history;
  private final ConsoleSessions sessions;
  private final InstantSource clock;

  OwnPages(
      Desks desks,
      ConsoleSources sources,
      Logins logins,
      History history,
      ConsoleSessions sessions,
      InstantSource clock) {
    this.desks = desks;
    this.sources = sources;
    this.logins = logins;
    this.history = history;
    this.sessions = sessions;
    this.clock = clock;
  }

  List<Endpoint> endpoints(Door door) {
    return List.of(
        Endpoint.get(PATH, door.everybody(this::show)),
        Endpoint.get(LOST, door.everybody(this::ask)),
        Endpoint.post(LOST, door.everybody(this::end)));
  }

  private Reply show(Exchange exchange, Visit visit) throws IOException {
    Identity identity = visit.identity();
    Instant now = clock.instant();
    List<History.Line> lines = lines(identity);
    List<LoginView> open = logins.loginsOf(identity.id());
    List<Section> sections = new ArrayList<>();
    sections.add(Holdings.ownLogins(open, now));
    sections.add(
        new Section.Words(
            "A laptop is lost",
            List.of(
                Part.plain("End every login of yours and revoke what they hold:"),
                Part.link("I lost a laptop", LOST))));
    sections.add(Holdings.certificates(sources.alive(identity.username()), now, visit.auditor()));
    sections.add(keys(open, lines, now));
    sections.add(story(lines, now));
    return Sheets.sheet(
        new Sheet(
            desks.of(visit, "Yours", PATH),
            "What acts as you, and what it did. Something you do not know? Say so, at once.",
            sections));
  }

  private Reply ask(Exchange exchange, Visit visit) {
    int open = logins.loginsOf(visit.identity().id()).size();
    Section question =
        new Section.Question(
            "End all of it?",
            "Your logins that end: %d. The certificates that they hold are revoked, and servers"
                    .formatted(open)
                + " refuse them as soon as they have the next list. Other browsers of yours are"
                + " signed out here. Afterwards you log in again with daypass login.",
            LOST,
            visit.session().csrf().text(),
            "End every login of mine",
            true);
    return Sheets.sheet(
        new Sheet(
            desks.of(visit, "A laptop is lost", PATH),
            "Whoever has it may act as you until this is done.",
            List.of(question)));
  }

  private Reply end(Exchange exchange, Visit visit) throws RequestFailed, BodyRefused {
    var _ = visit.form(CONFIRMED, exchange);
    Identity identity = visit.identity();
    EndOutcome.Ended ended =
        switch (logins.endAll(identity.id(), new Ender.Owner(identity.id()))) {
          case EndOutcome.Ended done -> done;
          case LoginRefused refused -> throw LoginProblems.failed(refused);
        };
    int browsers = sessions.endOthers(visit.session());
    Section facts =
        new Section.Facts(
            "What ended",
            List.of(
                Section.Fact.of("Logins", Part.strong(Integer.toString(ended.logins()))),
                Section.Fact.of("Revoked", Part.strong(Integer.toString(ended.revoked())))
                    .noted("certificates that were good until now"),
                Section.Fact.of("Browsers", Part.strong(Integer.toString(browsers)))
                    .noted("others that were signed in to this console as you")));
    return Sheets.sheet(
        new Sheet(
            desks.of(visit, "Done", PATH),
            "No terminal acts as you any more. Tell your security team what is lost.",
            List.of(facts)));
  }

  /** The keys that ever stood for somebody, by when they last did. */
  private static Section keys(List<LoginView> open, List<History.Line> lines, Instant now) {
    Map<String, String> terminals = new LinkedHashMap<>();
    Map<String, Instant> used = new LinkedHashMap<>();
    lines.forEach(line ->
        Optional.ofNullable(line.facts().get("key"))
            .ifPresent(key -> {
              used.putIfAbsent(key, line.at());
              Optional.ofNullable(line.facts().get("hostname"))
                  .ifPresent(host -> terminals.putIfAbsent(key, host));
            }));
    List<String> bound = open.stream().map(login -> login.key().toString()).toList();
    return new Section.Table(
        "Keys",
        List.of("Key", "Terminal", "Last used", "Logged in"),
        used.entrySet().stream()
            .map(key ->
                List.of(
                    Cell.of(Part.mono(key.getKey())),
                    Cell.of(Shown.harmless(terminals.getOrDefault(key.getKey(), ""))),
                    Cell.of(Moments.since(key.getValue(), now)),
                    Cell.of(bound.contains(key.getKey()) ? "yes" : "no")))
            .toList(),
        "None yet. daypass init makes one.",
        null);
  }

  private static Section story(List<History.Line> lines, Instant now) {
    return new Section.Table(
        "What happened",
        List.of("When", "What", "Role", "Terminal", "Why"),
        lines.stream()
            .map(line ->
                List.of(
                    Cell.of(Moments.since(line.at(), now)),
                    Cell.of(line.kind().split("\\.", 2)[0] + " " + line.outcome()),
                    Cell.of(line.facts().getOrDefault("role", "")),
                    Cell.of(Shown.harmless(line.facts().getOrDefault("hostname", ""))),
                    Cell.of(Shown.harmless(line.facts().getOrDefault("reason", "")))))
            .toList(),
        "Nothing yet.",
        null);
  }

  private List<History.Line> lines(Identity identity) throws IOException {
    try {
      return history.of(identity.id(), LINES);
    } catch (History.Unreadable e) {
      throw new IOException(e);
    }
  }
}
