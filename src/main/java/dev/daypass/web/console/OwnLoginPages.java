package dev.daypass.web.console;

import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginView;
import dev.daypass.login.Logins;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.web.asker.LoginProblems;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import dev.daypass.web.console.session.Door;
import dev.daypass.web.console.session.Visit;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.console.view.Section;
import dev.daypass.web.console.view.Sheet;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.QueryRule;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import dev.daypass.web.page.Moments;
import dev.daypass.web.page.Shown;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The end of one login of one's own: asked first, then done by a form alone. */
final class OwnLoginPages {
  private static final String PATH = "/console/me/login";
  private static final String ID = "id";
  private static final RequestShape CONFIRMED = RequestShape.of(Map.of(Visit.TOKEN, Kind.TEXT));

  private final Desks desks;
  private final Logins logins;
  private final InstantSource clock;

  OwnLoginPages(Desks desks, Logins logins, InstantSource clock) {
    this.desks = desks;
    this.logins = logins;
    this.clock = clock;
  }

  List<Endpoint> endpoints(Door door) {
    return List.of(
        Endpoint.get(PATH, door.everybody(this::ask)).taking(QueryRule.of(ID)),
        Endpoint.post(PATH, door.everybody(this::end)).taking(QueryRule.of(ID)));
  }

  /** Where the end of a login begins. */
  static Part link(LoginView login) {
    return Part.link("End", address(login.id()));
  }

  private Reply ask(Exchange exchange, Visit visit) throws RequestFailed {
    LoginView login = own(exchange, visit);
    Instant now = clock.instant();
    Section which =
        new Section.Facts(
            "This login",
            List.of(
                Section.Fact.of("Terminal", Part.strong(Shown.harmless(login.hostname()))),
                Section.Fact.of("Key", Part.mono(login.key().toString())),
                Section.Fact.of("From", Part.mono(login.address().toString())),
                Section.Fact.at("Since", Moments.since(login.openedAt(), now))));
    Section question =
        new Section.Question(
            "End it?",
            "The certificates that it holds are revoked, and servers refuse them as soon as they"
                + " have the next list. Your other logins go on.",
            address(login.id()),
            visit.session().csrf().text(),
            "End this login",
            true);
    return Sheets.sheet(
        new Sheet(
            desks.of(visit, "End a login", OwnPages.PATH),
            "The terminal acts as you until it ends.",
            List.of(which, question)));
  }

  private Reply end(Exchange exchange, Visit visit) throws RequestFailed, BodyRefused {
    var _ = visit.form(CONFIRMED, exchange);
    LoginView login = own(exchange, visit);
    EndOutcome.Ended ended =
        switch (logins.end(login.id(), new Ender.Owner(visit.identity().id()))) {
          case EndOutcome.Ended done -> done;
          case LoginRefused refused -> throw LoginProblems.failed(refused);
        };
    Section facts =
        new Section.Facts(
            "What ended",
            List.of(
                Section.Fact.of("Terminal", Part.strong(Shown.harmless(login.hostname()))),
                Section.Fact.of("Revoked", Part.strong(Integer.toString(ended.revoked())))
                    .noted("certificates that were good until now")));
    return Sheets.sheet(
        new Sheet(
            desks.of(visit, "The login has ended", OwnPages.PATH),
            "That terminal does not act as you any more.",
            List.of(facts)));
  }

  /** Somebody else's is as unknown as one that ended: nothing is told of it. */
  private LoginView own(Exchange exchange, Visit visit) throws RequestFailed {
    return exchange
        .query(ID)
        .flatMap(LoginId::parse)
        .flatMap(id ->
            logins.loginsOf(visit.identity().id()).stream()
                .filter(login -> login.id().equals(id))
                .findFirst())
        .orElseThrow(() ->
            new RequestFailed(
                Problem.of(
                    404,
                    "login_unknown",
                    "You have no such open login; it may have ended.",
                    "Look at /console/me.")));
  }

  private static String address(LoginId id) {
    return PATH + "?" + ID + "=" + id.text();
  }
}
