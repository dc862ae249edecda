package dev.daypass.web.page;

import dev.daypass.login.LoginId;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.Logins;
import dev.daypass.login.outcome.CallbackOutcome;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.PendingView;
import dev.daypass.login.outcome.SignInOutcome;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.web.asker.LoginProblems;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.RequestFields;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.PageRules;
import dev.daypass.web.exchange.QueryRule;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import dev.daypass.web.page.view.Choice;
import dev.daypass.web.page.view.Frame;
import dev.daypass.web.page.view.Going;
import dev.daypass.web.page.view.Terminal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * From the URL that the terminal shows to the identity provider and back (DESIGN section 4, Login).
 * What a sign-in begins belongs to the browser that began it: it binds nothing and ends nothing.
 */
final class SignInPages {
  private static final RequestShape CHOICE = RequestShape.of(Map.of("provider", Kind.TEXT));

  private final Frame frame;
  private final Logins logins;
  private final BrowserCookie cookie;
  private final OtherTrips others;

  /**
   * @param others whose browsers come back to the same address
   */
  SignInPages(Frame frame, Logins logins, BrowserCookie cookie, OtherTrips others) {
    this.frame = frame;
    this.logins = logins;
    this.cookie = cookie;
    this.others = others;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/login/{id}", this::open).withoutHead(),
        Endpoint.post("/login/{id}/sign-in", this::choose),
        Endpoint.get("/callback/{provider}", this::callback).taking(QueryRule.ANY).withoutHead());
  }

  /** One provider is gone to at once; of several one is chosen. */
  private Reply open(Exchange exchange) throws RequestFailed {
    Navigation.require(exchange);
    PendingView login = pending(exchange);
    if (login.providers().size() == 1) {
      SignInOutcome.Redirect redirect = signIn(login.id(), login.providers().getFirst().name());
      return new Reply.SeeOther(
          redirect.target().toString(), List.of(cookie.set(redirect.browser())));
    }
    return new Reply.Page(200, Pages.choose(choice(login)), PageRules.FORM);
  }

  private Choice choice(PendingView login) {
    return new Choice(
        frame,
        new Terminal(
            Shown.harmless(login.hostname()),
            login.key().toString(),
            login.asker().toString(),
            null),
        "/login/" + login.id().text() + "/sign-in",
        login.providers().stream()
            .map(provider -> new Choice.Provider(provider.name(), provider.title()))
            .toList());
  }

  private Reply choose(Exchange exchange) throws RequestFailed, BodyRefused {
    Navigation.requireOwnForm(exchange);
    PendingView login = pending(exchange);
    String name =
        RequestFields.read(CHOICE, Navigation.form(exchange), exchange.body().toArray())
            .required("provider");
    SignInOutcome.Redirect redirect = signIn(login.id(), name);
    String location = redirect.target().toString();
    String title =
        login.providers().stream()
            .filter(provider -> provider.name().equals(name))
            .map(SignInProvider::title)
            .findFirst()
            .orElse(name);
    return new Reply.Page(
        200,
        Pages.going(new Going(frame, title, location)),
        PageRules.goingOnTo(location),
        List.of(cookie.set(redirect.browser())));
  }

  private Reply callback(Exchange exchange) throws RequestFailed {
    Map<String, List<String>> parameters =
        exchange.query().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    if (others.owns(exchange.query("state").orElse(""))) {
      return others.finish(exchange, parameters);
    }
    return switch (logins.callback(
        exchange.path("provider"),
        parameters,
        cookie.read(exchange),
        Navigation.visitor(exchange))) {
      case CallbackOutcome.ConsentNeeded(LoginId id, LoginSecret browser) ->
          new Reply.SeeOther("/login/" + id.text() + "/consent", List.of(cookie.set(browser)));
      case LoginRefused refused -> throw LoginProblems.failed(refused);
    };
  }

  private PendingView pending(Exchange exchange) throws RequestFailed {
    return logins.pending(Navigation.login(exchange)).orElseThrow(Navigation::loginUnknown);
  }

  private SignInOutcome.Redirect signIn(LoginId id, String provider) throws RequestFailed {
    return switch (logins.signIn(id, provider)) {
      case SignInOutcome.Redirect redirect -> redirect;
      case LoginRefused refused -> throw LoginProblems.failed(refused);
    };
  }
}
