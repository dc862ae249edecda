package dev.daypass.web.login;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginView;
import dev.daypass.login.Logins;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.web.api.OperatorDuty;
import dev.daypass.web.asker.Admission;
import dev.daypass.web.asker.KnownAsker;
import dev.daypass.web.asker.LoginProblems;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.util.List;
import java.util.Optional;

/** One's own open logins: listed, ended one by one, or all at once when the laptop is lost. */
public final class OwnLoginRoutes {
  private static final String CURRENT = "current";

  private final Admission admission;
  private final Logins logins;
  private final OperatorDuty operators;

  public OwnLoginRoutes(Admission admission, Logins logins, OperatorDuty operators) {
    this.admission = admission;
    this.logins = logins;
    this.operators = operators;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/logins", admission.known(this::list)),
        Endpoint.delete("/v1/logins", admission.known(this::endAll)),
        Endpoint.delete("/v1/logins/{id}", admission.known(this::end)));
  }

  private Reply list(Exchange exchange, KnownAsker asker) {
    Optional<LoginId> current = current(asker);
    List<LoginView> open = logins.loginsOf(asker.identity().id());
    return new Reply.Document(
        200,
        out -> {
          out.text("username", asker.identity().username().text());
          out.groups(
              "logins",
              open.stream()
                  .map(login ->
                      LoginMembers.listed(login, current.filter(login.id()::equals).isPresent()))
                  .toList());
        });
  }

  private Reply endAll(Exchange exchange, KnownAsker asker) throws RequestFailed {
    EndOutcome.Ended ended =
        ended(logins.endAll(asker.identity().id(), new Ender.Owner(asker.identity().id())));
    return new Reply.Document(
        200,
        out -> {
          out.number("ended", ended.logins());
          out.number("revoked", ended.revoked());
        });
  }

  private Reply end(Exchange exchange, KnownAsker asker) throws RequestFailed {
    LoginId id =
        exchange.path("id").equals(CURRENT)
            ? current(asker).orElseThrow(OwnLoginRoutes::noneCurrent)
            : LoginRoutes.id(exchange);
    EndOutcome.Ended ended = ended(logins.end(id, ender(id, asker.identity())));
    return new Reply.Document(
        200,
        out -> {
          out.text("login", id.text());
          out.flag("ended", true);
          out.number("revoked", ended.revoked());
        });
  }

  private Ender ender(LoginId id, Identity asker) throws RequestFailed {
    // Whose it is must be known: what is not found now may be bound to another in this moment.
    IdentityId owner = logins.find(id).orElseThrow(OwnLoginRoutes::unknown).owner();
    if (owner.equals(asker.id())) {
      return new Ender.Owner(asker.id());
    }
    if (operators.isOperator(asker)) {
      return new Ender.Operator(asker.username().text(), "ended over the API");
    }
    throw new RequestFailed(
        Problem.of(
            403, // CASES 65
            "not_yours",
            "This login is another identity's.",
            "An operator may end it: daypassd logins end."));
  }

  private static EndOutcome.Ended ended(EndOutcome outcome) throws RequestFailed {
    return switch (outcome) {
      case EndOutcome.Ended ended -> ended;
      case LoginRefused refused -> throw LoginProblems.failed(refused);
    };
  }

  private static Optional<LoginId> current(KnownAsker asker) {
    return asker.signature().map(signature -> signature.standing().login());
  }

  private static RequestFailed unknown() {
    return new RequestFailed(
        Problem.of(
            404,
            "login_unknown",
            "There is no such open login.",
            "GET /v1/logins lists those that are open."));
  }

  private static RequestFailed noneCurrent() {
    return new RequestFailed(
        Problem.of(
            404,
            "login_unknown",
            "A request by token comes from no login.",
            "Name the login; GET /v1/logins lists them."));
  }
}
