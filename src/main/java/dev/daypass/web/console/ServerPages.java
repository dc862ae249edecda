package dev.daypass.web.console;

import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.policy.host.HostName;
import dev.daypass.web.audit.LedgerReader;
import dev.daypass.web.body.Problem;
import dev.daypass.web.console.session.Door;
import dev.daypass.web.console.session.Visit;
import dev.daypass.web.console.story.Lines;
import dev.daypass.web.console.story.Links;
import dev.daypass.web.console.story.OfKind;
import dev.daypass.web.console.view.Cell;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.console.view.Section;
import dev.daypass.web.console.view.Sheet;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import dev.daypass.web.page.Moments;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The servers that joined, and who was on one of them. */
final class ServerPages {
  private static final String PATH = "/console/servers";
  private static final int SERVERS = 500;
  private static final int LINES = 40;

  private final Desks desks;
  private final LedgerReader ledger;
  private final ConsoleSources sources;
  private final InstantSource clock;

  ServerPages(Desks desks, LedgerReader ledger, ConsoleSources sources, InstantSource clock) {
    this.desks = desks;
    this.ledger = ledger;
    this.sources = sources;
    this.clock = clock;
  }

  List<Endpoint> endpoints(Door door) {
    return List.of(
        Endpoint.get(PATH, door.auditors(this::list)),
        Endpoint.get(PATH + "/{name}", door.auditors(this::show)));
  }

  private Reply list(Exchange exchange, Visit visit) {
    Instant now = clock.instant();
    List<JoinedHost> all = sources.servers();
    Section table =
        new Section.Table(
            "By name",
            List.of("Server", "Labels", "Mode", "Joined"),
            all.stream()
                .sorted(Comparator.comparing(JoinedHost::name))
                .limit(SERVERS)
                .map(server ->
                    List.of(
                        Cell.of(Links.server(server.name().text())),
                        Cell.of(Part.mono(labels(server.labels()))),
                        Cell.of(server.mode().wireName()),
                        Cell.of(Moments.since(server.joinedAt(), now))))
                .toList(),
            "None has joined. On a server: daypass-host join.",
            all.size() > SERVERS
                ? Part.quiet("and " + (all.size() - SERVERS) + " more; daypassd hosts list")
                : null);
    return Sheets.sheet(
        new Sheet(
            desks.of(visit, "Servers", PATH),
            "Servers that joined. One that is only known by configuration is in the ledger alone.",
            List.of(table)));
  }

  /** A server that never joined, or left, may still be named by entries. */
  private Reply show(Exchange exchange, Visit visit) throws RequestFailed, IOException {
    HostName name = HostName.parse(exchange.path("name")).orElseThrow(ServerPages::unknown);
    Instant now = clock.instant();
    Optional<JoinedHost> joined =
        sources.servers().stream().filter(server -> server.name().equals(name)).findFirst();
    List<Section> sections = new ArrayList<>();
    joined.ifPresent(server -> sections.add(facts(server, now)));
    sections.add(
        new Section.Words(
            "More",
            List.of(Part.link("Every entry", "/console/?server=" + Links.encoded(name.text())))));
    joined.ifPresent(server -> sections.add(roles(server)));
    sections.add(
        story(
            "Sessions",
            page(OfKind.ofServer(EntryKind.SESSION_OPENED, name.text())),
            now,
            "It has reported no session."));
    sections.add(
        story(
            "Certificates that name it",
            page(OfKind.ofServer(EntryKind.CERTIFICATE_GRANTED, name.text())),
            now,
            "No request named it."));
    sections.add(
        story(
            "About itself",
            page(EntryFilter.ALL.ofIdentity("host\n" + name.text())),
            now,
            "It never joined."));
    String lead =
        joined.isPresent()
            ? "A server, and who was there."
            : "This server has not joined, or has left.";
    return Sheets.sheet(new Sheet(desks.of(visit, name.text(), PATH), lead, sections));
  }

  private List<ReadEntry> page(EntryFilter filter) throws IOException {
    return ledger.page(filter, Optional.empty(), LINES).entries();
  }

  private static Section story(String heading, List<ReadEntry> entries, Instant now, String empty) {
    return new Section.Story(
        heading, entries.stream().map(read -> Lines.of(read, now)).toList(), empty);
  }

  private static Section facts(JoinedHost server, Instant now) {
    return new Section.Facts(
        "What it is",
        List.of(
            Section.Fact.of("Labels", Part.mono(labels(server.labels()))),
            Section.Fact.of("Mode", Part.plain(server.mode().wireName()))
                .noted(
                    switch (server.mode()) {
                      case FILE -> "looks for principals; demands no proof";
                      case PROOF -> "refuses what is not in the ledger";
                    }),
            Section.Fact.at("Joined", Moments.since(server.joinedAt(), now)),
            Section.Fact.of("By entry", Links.entry(server.joined().toString())),
            Section.Fact.of("Host key", Links.key(server.key().fingerprint().toString()))));
  }

  private Section roles(JoinedHost server) {
    return new Section.Table(
        "Roles that open it",
        List.of("Role", "Description"),
        sources.policy().roles().values().stream()
            .filter(role -> role.hosts().selects(server.host()))
            .map(role ->
                List.of(Cell.of(Links.role(role.name().text())), Cell.of(role.description())))
            .toList(),
        "None.",
        null);
  }

  static String labels(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(" "));
  }

  private static RequestFailed unknown() {
    return new RequestFailed(
        Problem.of(
            404, "server_unknown", "That is no server's name.", "Look at /console/servers."));
  }
}
