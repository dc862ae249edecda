package dev.daypass.web.console;

import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.identity.Account;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.policy.DurationText;
import dev.daypass.policy.role.Extension;
import dev.daypass.policy.role.ReasonRule;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.RoleName;
import dev.daypass.policy.role.Rule;
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
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The roles of the policy in force, and who got them. */
final class RolePages {
  private static final String PATH = "/console/roles";
  private static final int DAYS = 30;
  private static final int LINES = 40;

  private final Desks desks;
  private final LedgerReader ledger;
  private final ConsoleSources sources;
  private final InstantSource clock;

  RolePages(Desks desks, LedgerReader ledger, ConsoleSources sources, InstantSource clock) {
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

  private Reply list(Exchange exchange, Visit visit) throws IOException {
    Map<String, Long> used = sources.counts(DAYS).byRole();
    Section table =
        new Section.Table(
            "In force now",
            List.of("Role", "Description", "For", "Granted in " + DAYS + " days"),
            sources.policy().roles().values().stream()
                .map(role ->
                    List.of(
                        Cell.of(Links.role(role.name().text())),
                        Cell.of(role.description()),
                        Cell.of(lasts(role)),
                        Cell.of("%,d".formatted(used.getOrDefault(role.name().text(), 0L)))))
                .toList(),
            "The policy in force has no role.",
            null);
    return Sheets.sheet(
        new Sheet(
            desks.of(visit, "Roles", PATH),
            "What can be asked for, by the policy in force.",
            List.of(table)));
  }

  /** A role that policy has no more is still in the ledger. */
  private Reply show(Exchange exchange, Visit visit) throws RequestFailed, IOException {
    RoleName name = RoleName.parse(exchange.path("name")).orElseThrow(RolePages::unknown);
    Instant now = clock.instant();
    Optional<Role> role = Optional.ofNullable(sources.policy().roles().get(name));
    EntryPage newest = ledger.page(OfKind.ofRole(name.text()), Optional.empty(), LINES);
    if (role.isEmpty() && newest.entries().isEmpty()) {
      throw unknown();
    }
    List<Section> sections = new ArrayList<>();
    role.map(RolePages::facts).ifPresent(sections::add);
    sections.add(
        new Section.Words(
            "More", List.of(Part.link("Every entry", "/console/?role=" + name.text()))));
    role.ifPresent(each -> {
      sections.add(rules(each));
      sections.add(servers(each));
    });
    sections.add(
        new Section.Story(
            "Newest entries",
            newest.entries().stream().map(read -> Lines.of(read, now)).toList(),
            "Nobody ever got it."));
    String lead =
        role.map(Role::description).orElse("The policy in force does not have this role any more.");
    return Sheets.sheet(new Sheet(desks.of(visit, name.text(), PATH), lead, sections));
  }

  private static Section facts(Role role) {
    List<Section.Fact> facts = new ArrayList<>();
    facts.add(
        Section.Fact.of(
            "For",
            Part.plain(role.eligibility().kind().text() + "s"),
            Part.quiet(
                String.join(", ", role.eligibility().issuers().stream().sorted().toList()))));
    List<Part> opens =
        Stream.of(
                role.opening().accounts().stream().map(Account::text).sorted(),
                role.opening().self() ? Stream.of("their own account") : Stream.<String>empty(),
                role.opening().principals().stream().map(Object::toString))
            .flatMap(each -> each)
            .map(Part::mono)
            .toList();
    facts.add(new Section.Fact("Opens", opens, null, null));
    facts.add(Section.Fact.of("Lasts", Part.plain(lasts(role))));
    facts.add(
        Section.Fact.of(
            "Allows",
            role.extensions().isEmpty()
                ? Part.quiet("nothing beyond running a command")
                : Part.mono(
                    String.join(
                        " ", role.extensions().stream().map(Extension::text).sorted().toList()))));
    role.forceCommand()
        .ifPresent(command -> facts.add(Section.Fact.of("Only runs", Part.mono(command))));
    facts.add(Section.Fact.of("Keys", Part.plain(String.join(", ", role.keys().typeNames()))));
    facts.add(
        Section.Fact.of(
            "Reason",
            Part.plain(
                switch (role.reason()) {
                  case ReasonRule.NotNeeded _ -> "may be given";
                  case ReasonRule.Required _ -> "must be given";
                  case ReasonRule.Matching(var pattern) -> "must match " + pattern;
                })));
    return new Section.Facts("What it is", facts);
  }

  private static Section rules(Role role) {
    List<List<Cell>> rows =
        Stream.concat(
                role.rules().allow().stream().map(rule -> row("allow", rule)),
                role.rules().deny().stream().map(rule -> row("deny", rule)))
            .toList();
    return new Section.Table(
        "Who may hold it",
        List.of("Rule", "When", "Because"),
        rows,
        "Nobody: it has no rule.",
        null);
  }

  private static List<Cell> row(String what, Rule rule) {
    return List.of(
        Cell.of(what),
        Cell.of(Part.mono(rule.when().source())),
        Cell.of(rule.because().orElse("")));
  }

  private Section servers(Role role) {
    List<JoinedHost> opened =
        sources.servers().stream()
            .filter(server -> role.hosts().selects(server.host()))
            .sorted(Comparator.comparing(JoinedHost::name))
            .toList();
    return new Section.Table(
        "Servers that it opens",
        List.of("Server", "Labels"),
        opened.stream()
            .limit(LINES)
            .map(server ->
                List.of(
                    Cell.of(Links.server(server.name().text())),
                    Cell.of(Part.mono(ServerPages.labels(server.labels())))))
            .toList(),
        "None that joined.",
        opened.size() > LINES ? Part.quiet("and " + (opened.size() - LINES) + " more") : null);
  }

  private static String lasts(Role role) {
    return DurationText.format(role.ttl().standard())
        + ", at most "
        + DurationText.format(role.ttl().max());
  }

  private static RequestFailed unknown() {
    return new RequestFailed(
        Problem.of(404, "role_unknown", "There was never such a role.", "Look at /console/roles."));
  }
}
