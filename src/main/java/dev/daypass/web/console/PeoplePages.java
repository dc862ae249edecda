package dev.daypass.web.console;

import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Username;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.login.Logins;
import dev.daypass.web.audit.LedgerReader;
import dev.daypass.web.body.Problem;
import dev.daypass.web.console.session.Door;
import dev.daypass.web.console.session.Visit;
import dev.daypass.web.console.story.Lines;
import dev.daypass.web.console.story.Links;
import dev.daypass.web.console.view.Cell;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.console.view.Section;
import dev.daypass.web.console.view.Sheet;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.QueryRule;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import dev.daypass.web.page.Shown;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everybody by name, and everything about one of them. */
final class PeoplePages {
  private static final String PATH = "/console/people";
  private static final int NAMES = 200;
  private static final int LINES = 40;

  private final Desks desks;
  private final LedgerReader ledger;
  private final ConsoleSources sources;
  private final Logins logins;
  private final InstantSource clock;

  PeoplePages(
      Desks desks,
      LedgerReader ledger,
      ConsoleSources sources,
      Logins logins,
      InstantSource clock) {
    this.desks = desks;
    this.ledger = ledger;
    this.sources = sources;
    this.logins = logins;
    this.clock = clock;
  }

  List<Endpoint> endpoints(Door door) {
    return List.of(
        Endpoint.get(PATH, door.auditors(this::list)).taking(QueryRule.of("from")),
        Endpoint.get("/console/person", door.auditors(this::show)).taking(QueryRule.of("name")));
  }

  private Reply list(Exchange exchange, Visit visit) throws RequestFailed, IOException {
    List<String> names = sources.usernames(exchange.query("from").orElse(""), NAMES + 1);
    Section table =
        new Section.Table(
            "By name",
            List.of("Person"),
            names.stream().limit(NAMES).map(name -> List.of(Cell.of(Links.person(name)))).toList(),
            "Nobody yet. Whoever logs in, or asks for a certificate, will be here.",
            names.size() > NAMES
                ? Part.link("More names", PATH + "?from=" + Links.encoded(names.getLast()))
                : null);
    String lead = "Everybody for whom an identity provider ever vouched here.";
    return Sheets.sheet(new Sheet(desks.of(visit, "People", PATH), lead, List.of(table)));
  }

  private Reply show(Exchange exchange, Visit visit) throws RequestFailed, IOException {
    Username name =
        exchange.query("name").flatMap(Username::parse).orElseThrow(PeoplePages::unknown);
    Instant now = clock.instant();
    Optional<IdentityId> id = sources.owner(name);
    EntryPage newest = ledger.page(filter(name, id), Optional.empty(), LINES);
    if (id.isEmpty() && newest.entries().isEmpty()) {
      throw unknown();
    }
    List<Section> sections = new ArrayList<>();
    sections.add(who(id, newest));
    sections.add(
        new Section.Words(
            "More",
            List.of(
                Part.link("Every entry", "/console/?person=" + Links.encoded(name.text())),
                Part.link(
                    "Refusals",
                    "/console/?person=" + Links.encoded(name.text()) + "&kind=requests.refused"),
                Part.link(
                    "Certificates",
                    "/console/?person="
                        + Links.encoded(name.text())
                        + "&kind=certificate.granted"))));
    if (id.isPresent()) {
      sections.add(Holdings.logins(logins.loginsOf(id.get()), now));
    }
    sections.add(Holdings.certificates(sources.alive(name), now, true));
    sections.add(
        new Section.Story(
            "Newest entries",
            newest.entries().stream().map(read -> Lines.of(read, now)).toList(),
            "Nothing."));
    return Sheets.sheet(
        new Sheet(desks.of(visit, name.text(), PATH), "Everything about one person.", sections));
  }

  private static EntryFilter filter(Username name, Optional<IdentityId> id) {
    EntryFilter person = Filters.of(java.util.Map.of("person", name.text())).filter();
    return id.map(IdentityDetails::searchKey).map(person::ofIdentity).orElse(person);
  }

  private static Section who(Optional<IdentityId> id, EntryPage newest) {
    List<Section.Fact> facts = new ArrayList<>();
    id.ifPresent(identity -> {
      facts.add(Section.Fact.of("Issuer", Part.mono(Shown.harmless(identity.issuer()))));
      facts.add(Section.Fact.of("Subject", Part.mono(Shown.harmless(identity.subject()))));
    });
    Optional<JsonObject> last =
        newest.entries().stream()
            .flatMap(read -> read.details().flatMap(details -> details.object("identity")).stream())
            .filter(identity -> identity.text("username").isPresent())
            .findFirst();
    for (String[] each : new String[][] {{"E-mail", "email"}, {"Account", "account"}}) {
      last.flatMap(identity -> identity.text(each[1]))
          .ifPresent(text -> facts.add(Section.Fact.of(each[0], Part.plain(Shown.harmless(text)))));
    }
    last.map(identity -> String.join(", ", identity.texts("groups")))
        .filter(groups -> !groups.isEmpty())
        .ifPresent(groups ->
            facts.add(
                Section.Fact.of("Groups", Part.plain(Shown.harmless(groups)))
                    .noted("as of the newest entry")));
    return new Section.Facts("Who", facts);
  }

  private static RequestFailed unknown() {
    return new RequestFailed(
        Problem.of(
            404,
            "person_unknown",
            "Nobody of that name was ever here.",
            "Look at /console/people."));
  }
}
