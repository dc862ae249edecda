package dev.daypass.web.console;

import dev.daypass.login.Logins;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.asker.RefusalBook;
import dev.daypass.web.audit.AuditorDuty;
import dev.daypass.web.audit.LedgerReader;
import dev.daypass.web.console.session.ConsoleCookies;
import dev.daypass.web.console.session.ConsoleSessions;
import dev.daypass.web.console.session.Door;
import dev.daypass.web.console.session.SignIn;
import dev.daypass.web.console.session.SignInRoutes;
import dev.daypass.web.console.session.Visit;
import dev.daypass.web.console.view.Refusal;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.PageRules;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.login.History;
import dev.daypass.web.page.OtherTrips;
import dev.daypass.web.page.Shown;
import dev.daypass.web.page.view.Frame;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Every page of the console. */
public final class Console {
  private final Desks desks;
  private final ConsoleSources sources;
  private final SignInRoutes signIn;
  private final List<Endpoint> endpoints = new ArrayList<>();

  /** Who keeps the doors and who writes down who was turned away. */
  public record Guards(AuditorDuty auditors, RefusalBook book) {}

  /** What is read of the ledger and of the logins. */
  public record Reading(LedgerReader ledger, Logins logins, History history) {}

  /** Time, and randomness that must be cryptographically strong. */
  public record Chance(InstantSource clock, RandomGenerator random) {}

  public Console(
      Frame frame,
      boolean https,
      ConsoleSources sources,
      Reading reading,
      Guards guards,
      Chance chance) {
    this.desks = new Desks(frame);
    this.sources = sources;
    ConsoleSessions sessions = new ConsoleSessions(chance.clock(), chance.random());
    ConsoleCookies cookies = ConsoleCookies.of(https);
    Door door =
        new Door(sessions, cookies.session(), guards.auditors(), guards.book(), this::refused);
    SignIn way =
        new SignIn(
            sources.providers(),
            sources.registry(),
            guards.book(),
            chance.clock(),
            chance.random());
    this.signIn = new SignInRoutes(frame, way, sessions, cookies, door);
    endpoints.addAll(signIn.endpoints());
    pages(door, sessions, reading, chance.clock());
  }

  private void pages(Door door, ConsoleSessions sessions, Reading reading, InstantSource clock) {
    LedgerReader ledger = reading.ledger();
    Logins logins = reading.logins();
    endpoints.addAll(new LedgerPages(desks, ledger, sources, clock).endpoints(door));
    endpoints.addAll(new EntryPages(desks, ledger, sources, clock).endpoints(door));
    endpoints.addAll(new PeoplePages(desks, ledger, sources, logins, clock).endpoints(door));
    endpoints.addAll(new RolePages(desks, ledger, sources, clock).endpoints(door));
    endpoints.addAll(new ServerPages(desks, ledger, sources, clock).endpoints(door));
    endpoints.addAll(new ChartPages(desks, ledger, sources, clock).endpoints(door));
    endpoints.addAll(new OwnLoginPages(desks, logins, clock).endpoints(door));
    endpoints.addAll(
        new OwnPages(desks, sources, logins, reading.history(), sessions, clock).endpoints(door));
  }

  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /** Where browsers come back from the identity providers. */
  public OtherTrips trips() {
    return signIn;
  }

  private Reply refused(Visit visit, Optional<EntryNumber> entry) {
    Set<String> groups = sources.policy().groupsOf(visit.identity());
    Refusal view =
        new Refusal(
            desks.of(visit, "The duty auditor is missing", ""),
            visit.identity().provider(),
            groups.isEmpty() ? "none" : Shown.harmless(String.join(", ", groups)),
            entry.map(EntryNumber::toString).orElse(null));
    return new Reply.Page(403, Sheets.refused(view), PageRules.CONSOLE);
  }
}
