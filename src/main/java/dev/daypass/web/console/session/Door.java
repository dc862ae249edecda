package dev.daypass.web.console.session;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.login.LoginSecret;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.asker.RefusalBook;
import dev.daypass.web.audit.AuditorDuty;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.HostCookie;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Lets a request in by its session, and to the ledger by the duty {@code auditor}, which policy is
 * asked for at each request. Who lacks it is told so, and that is an entry within the budget of
 * refusals (DESIGN section 6).
 */
public final class Door {
  private final ConsoleSessions sessions;
  private final HostCookie cookie;
  private final AuditorDuty duty;
  private final RefusalBook book;
  private final BiFunction<Visit, Optional<EntryNumber>, Reply> refused;

  /**
   * @param refused the page for somebody without the duty, and the entry that says so
   */
  public Door(
      ConsoleSessions sessions,
      HostCookie cookie,
      AuditorDuty duty,
      RefusalBook book,
      BiFunction<Visit, Optional<EntryNumber>, Reply> refused) {
    this.sessions = sessions;
    this.cookie = cookie;
    this.duty = duty;
    this.book = book;
    this.refused = refused;
  }

  /** A route for everybody who is signed in. */
  public Endpoint.Route everybody(ConsoleRoute route) {
    return exchange -> {
      Optional<Visit> visit = visit(exchange);
      return visit.isEmpty() ? toSignIn(exchange) : answer(route, exchange, visit.get());
    };
  }

  /** A route for auditors. */
  public Endpoint.Route auditors(ConsoleRoute route) {
    return everybody((exchange, visit) ->
        visit.auditor()
            ? route.answer(exchange, visit)
            : refused.apply(
                visit,
                record(
                    exchange,
                    visit.identity(),
                    new Reason(
                        "auditor_required",
                        "The console's ledger is for auditors: the duty auditor is missing.",
                        "Policy says who has it; /console/me is everybody's."))));
  }

  Optional<LoginSecret> secret(Exchange exchange) {
    return cookie.read(exchange).flatMap(LoginSecret::parse);
  }

  private Optional<Visit> visit(Exchange exchange) {
    Optional<ConsoleSession> session = secret(exchange).flatMap(sessions::use);
    session.ifPresent(_ -> exchange.identified());
    return session.map(open -> new Visit(open, duty.isAuditor(open.identity())));
  }

  private Reply answer(ConsoleRoute route, Exchange exchange, Visit visit)
      throws RequestFailed, BodyRefused {
    try {
      return route.answer(exchange, visit);
    } catch (RequestFailed e) {
      Problem problem = e.problem();
      if (problem.status() != 403) {
        throw e;
      }
      Reason reason =
          new Reason(problem.code(), problem.detail().orElse(""), problem.remedy().orElse(""));
      Optional<EntryNumber> entry = record(exchange, visit.identity(), reason);
      return new Reply.Refused(problem.withEntry(entry.map(EntryNumber::toString)));
    } catch (IOException _) {
      throw new RequestFailed(
          Problem.of(
              503, "unavailable", "The ledger cannot be read now.", "Try again; see /readyz."));
    }
  }

  private Optional<EntryNumber> record(Exchange exchange, Identity identity, Reason reason) {
    Asker asker =
        new Asker(
            Optional.empty(), Optional.of(IpAddress.of(exchange.client())), exchange.requestId());
    return book.recordRefusal(identity, asker, reason);
  }

  /** What a form held is gone: it belonged to a session that is over. */
  private static Reply toSignIn(Exchange exchange) {
    String wanted = exchange.method().equals("GET") ? exchange.target() : Destination.START;
    String next = URLEncoder.encode(Destination.of(wanted).path(), StandardCharsets.UTF_8);
    return new Reply.SeeOther(SignInRoutes.SIGN_IN + "?next=" + next);
  }
}
