package dev.daypass.web.console.session;

import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.RequestFields;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import dev.daypass.web.console.view.Gateway;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.PageRules;
import dev.daypass.web.exchange.QueryRule;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import dev.daypass.web.page.Navigation;
import dev.daypass.web.page.NoInterceptor;
import dev.daypass.web.page.OtherTrips;
import dev.daypass.web.page.Pages;
import dev.daypass.web.page.html.console.JtegatewayGenerated;
import dev.daypass.web.page.view.Frame;
import dev.daypass.web.page.view.Going;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signing in to the console, and out of it. */
public final class SignInRoutes implements OtherTrips {
  static final String SIGN_IN = "/console/sign-in";
  private static final String SIGN_OUT = "/console/sign-out";

  private static final RequestShape CHOICE =
      RequestShape.of(Map.of("provider", Kind.TEXT, "next", Kind.TEXT));
  private static final RequestShape LEAVING = RequestShape.of(Map.of(Visit.TOKEN, Kind.TEXT));

  private final Frame frame;
  private final SignIn signIn;
  private final ConsoleSessions sessions;
  private final ConsoleCookies cookies;
  private final Door door;

  public SignInRoutes(
      Frame frame, SignIn signIn, ConsoleSessions sessions, ConsoleCookies cookies, Door door) {
    this.frame = frame;
    this.signIn = signIn;
    this.sessions = sessions;
    this.cookies = cookies;
    this.door = door;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(SIGN_IN, this::show).taking(QueryRule.of("next")),
        Endpoint.post(SIGN_IN, this::begin),
        Endpoint.post(SIGN_OUT, door.everybody(this::leave)));
  }

  @Override
  public boolean owns(String state) {
    return state.startsWith(Trip.PREFIX);
  }

  private Reply show(Exchange exchange) throws RequestFailed {
    return page(Destination.of(exchange.query("next").orElse("")), List.of());
  }

  private Reply page(Destination next, List<String> set) {
    Gateway view =
        new Gateway(
            frame,
            SIGN_IN,
            next.path(),
            signIn.providers().stream()
                .map(provider -> new Gateway.Provider(provider.name(), provider.title()))
                .toList(),
            !set.isEmpty());
    return new Reply.Page(
        200,
        Pages.html(out -> JtegatewayGenerated.render(out, NoInterceptor.NONE, view)),
        PageRules.FORM,
        set);
  }

  /**
   * A form's POST and no link, so that nothing else can begin it; the guard has seen its Origin.
   */
  private Reply begin(Exchange exchange) throws RequestFailed, BodyRefused {
    Navigation.requireOwnForm(exchange);
    RequestFields form =
        RequestFields.read(CHOICE, Navigation.form(exchange), exchange.body().toArray());
    String name = form.required("provider");
    Trip trip = signIn.trip(name, Destination.of(form.required("next")));
    URI target = signIn.begin(trip);
    return new Reply.Page(
        200,
        Pages.going(new Going(frame, signIn.title(name), target.toString())),
        PageRules.goingOnTo(target.toString()),
        List.of(cookies.trip().set(trip.cookie())));
  }

  /**
   * A page and no redirect leads on: some browsers keep the Origin of a provider's form on all that
   * it redirects to.
   */
  @Override
  public Reply finish(Exchange exchange, Map<String, List<String>> parameters)
      throws RequestFailed {
    Optional<Trip> trip = cookies.trip().read(exchange).flatMap(Trip::parse);
    SignIn.Arrived arrived =
        signIn.finish(exchange.path("provider"), trip, parameters, Navigation.visitor(exchange));
    exchange.identified();
    // Whoever was signed in before in this browser is not any more.
    door.secret(exchange).ifPresent(sessions::end);
    String next = arrived.destination().path();
    return new Reply.Page(
        200,
        Pages.going(new Going(frame, "the console", next)),
        PageRules.goingOnTo(next),
        List.of(
            cookies.session().set(sessions.open(arrived.identity()).text()),
            cookies.trip().clear()));
  }

  private Reply leave(Exchange exchange, Visit visit) throws RequestFailed, BodyRefused {
    var _ = visit.form(LEAVING, exchange);
    door.secret(exchange).ifPresent(sessions::end);
    return page(Destination.of(Destination.START), List.of(cookies.session().clear()));
  }
}
