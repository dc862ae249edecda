package dev.daypass.web.console.session;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityRegistry;
import dev.daypass.identity.Registration;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.Visitor;
import dev.daypass.login.pending.FailedTrips;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInTerms;
import dev.daypass.web.asker.RefusalBook;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.RequestFailed;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Signing in at an identity provider for the console: always a code, PKCE, a state and an OIDC
 * nonce of this one trip (RFC 9700 section 2.1).
 */
public final class SignIn {
  private static final SignInTerms TERMS = new SignInTerms(LoginMode.LOOPBACK, Optional.empty());
  private static final String METHOD = "console";
  private static final String AGAIN = "Sign in again at /console/.";

  private final SignInProviders providers;
  private final IdentityRegistry registry;
  private final RefusalBook book;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final FailedTrips failed = new FailedTrips();

  /**
   * @param random must be cryptographically strong
   */
  public SignIn(
      SignInProviders providers,
      IdentityRegistry registry,
      RefusalBook book,
      InstantSource clock,
      RandomGenerator random) {
    this.providers = providers;
    this.registry = registry;
    this.book = book;
    this.clock = clock;
    this.random = random;
  }

  /** Somebody who came back, and where to. */
  record Arrived(Identity identity, Destination destination) {}

  List<SignInProvider> providers() {
    return providers.providers();
  }

  /** What people call the provider. */
  String title(String name) {
    return providers().stream()
        .filter(provider -> provider.name().equals(name))
        .map(SignInProvider::title)
        .findFirst()
        .orElse(name);
  }

  Trip trip(String provider, Destination next) {
    return new Trip(LoginSecret.random(random), provider, next);
  }

  /** Where the browser is sent. */
  URI begin(Trip trip) throws RequestFailed {
    return switch (providers.begin(trip.provider(), trip.secrets(), TERMS)) {
      case SignInRequest.To(URI target) -> target;
      case SignInRequest.Unknown _ ->
          throw failed(404, "provider_unknown", "No identity provider of that name is asked.");
      case SignInRequest.Unavailable(String detail) -> throw away(detail);
    };
  }

  /** Takes a browser back; whatever is not of its own trip changes nothing. */
  Arrived finish(
      String provider, Optional<Trip> trip, Map<String, List<String>> parameters, Visitor visitor)
      throws RequestFailed {
    if (trip.isEmpty()
        || !trip.get().provider().equals(provider)
        || !trip.get().secrets().isState(one(parameters, "state"))) {
      throw failed(400, "sign_in_invalid", "This browser did not begin that sign-in, or long ago.");
    }
    if (failed.tooMany(visitor.address(), clock.instant())) {
      throw failed(429, "too_many_failures", "Too many sign-ins from this address failed.");
    }
    return switch (providers.finish(provider, trip.get().secrets(), TERMS, parameters)) {
      case SignInResult.SignedIn(Identity identity, var refresh) -> {
        // Nobody asks the provider again for a session: a token would lie about for nothing.
        refresh.ifPresent(token -> providers.giveBack(provider, token));
        yield new Arrived(registered(identity.by(METHOD), visitor), trip.get().destination());
      }
      case SignInResult.Denied(String error) ->
          throw failed(403, "sign_in_denied", "The identity provider says no (" + error + ").");
      case SignInResult.Unavailable(String detail) -> {
        failed.failed(visitor.address(), clock.instant());
        throw away(detail);
      }
      case SignInResult.Refused(String code, String detail, String remedy, var who) -> {
        failed.failed(visitor.address(), clock.instant());
        throw refused(who, visitor, Problem.of(403, code, detail, remedy));
      }
    };
  }

  /** A username that two identities would share is refused to the second (DESIGN section 4). */
  private Identity registered(Identity identity, Visitor visitor) throws RequestFailed {
    return switch (registry.register(identity)) {
      case Registration.Accepted _ -> identity;
      case Registration.Unavailable _ ->
          throw failed(503, "unavailable", "Who you are cannot be looked up now.");
      case Registration.UsernameTaken _ ->
          throw refused(
              identity, visitor, "username_taken", "Another identity already has this username.");
      case Registration.AccountTaken _ ->
          throw refused(
              identity,
              visitor,
              "account_taken",
              "Another identity already has this local account.");
    };
  }

  private RequestFailed refused(Identity identity, Visitor visitor, String code, String detail) {
    Problem problem = Problem.of(403, code, detail, "Ask an operator of daypass.");
    var entry = book.recordRefusal(identity, asker(visitor), reason(problem));
    return new RequestFailed(problem.withEntry(entry.map(Object::toString)));
  }

  private RequestFailed refused(Optional<IdentityId> who, Visitor visitor, Problem problem) {
    var entry = who.flatMap(id -> book.recordRefusal(id, asker(visitor), reason(problem)));
    return new RequestFailed(problem.withEntry(entry.map(Object::toString)), who);
  }

  private static Asker asker(Visitor visitor) {
    return new Asker(Optional.empty(), Optional.of(visitor.address()), visitor.requestId());
  }

  private static Reason reason(Problem problem) {
    return new Reason(problem.code(), problem.detail().orElse(""), problem.remedy().orElse(""));
  }

  private static RequestFailed failed(int status, String code, String detail) {
    return new RequestFailed(Problem.of(status, code, detail, AGAIN));
  }

  private static RequestFailed away(String detail) {
    return new RequestFailed(Problem.of(503, "provider_unavailable", detail, AGAIN));
  }

  private static String one(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.size() == 1 ? values.getFirst() : "";
  }
}
