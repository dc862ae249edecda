package dev.daypass.login.pending;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginRules;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.Visitor;
import dev.daypass.login.outcome.CallbackOutcome;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.PendingView;
import dev.daypass.login.outcome.SignInOutcome;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import dev.daypass.login.store.LoginStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A browser's trip to the identity provider and back (RFC 9700 section 4): state, OIDC nonce and
 * code verifier are made for one login, one provider and one browser, and used once.
 */
public final class SignIns {
  private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);
  private static final int TRIES = 5;
  private static final String STATE = "state";

  /** Between the id of the login, which finds it, and the secret, which proves it. */
  private static final String STATE_SEPARATOR = ".";

  /** How far a provider's clock may be off. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private final PendingLogins pending;
  private final SignInProviders providers;
  private final LoginStore store;
  private final RefusalLog refusals;
  private final LoginRules rules;
  private final Chance chance;
  private final FailedTrips failed = new FailedTrips();

  /** Time and randomness, the latter cryptographically strong. */
  public record Chance(InstantSource clock, RandomGenerator random) {
    LoginSecret secret() {
      return LoginSecret.random(random);
    }
  }

  public SignIns(
      PendingLogins pending,
      SignInProviders providers,
      LoginStore store,
      RefusalLog refusals,
      LoginRules rules,
      Chance chance) {
    this.pending = pending;
    this.providers = providers;
    this.store = store;
    this.refusals = refusals;
    this.rules = rules;
    this.chance = chance;
  }

  /** A login that waits for its browser, as anybody sees it who has its URL. */
  public Optional<PendingView> view(LoginId id) {
    return pending
        .find(id)
        .filter(login -> !login.isExpired(chance.clock().instant()))
        .filter(login -> !login.stage().pollState().isFinal())
        .map(PendingLogin::facts)
        .map(facts ->
            new PendingView(
                facts.id(),
                facts.request().hostname(),
                facts.key().fingerprint(),
                facts.asker(),
                facts.mode(),
                providers.providers()));
  }

  /** Sends a browser there. */
  public SignInOutcome begin(LoginId id, String provider) {
    Optional<PendingLogin> found = pending.find(id);
    if (found.isEmpty()) {
      return Refusals.UNKNOWN;
    }
    PendingLogin login = found.get();
    if (login.isExpired(chance.clock().instant())) {
      return Refusals.EXPIRED;
    }
    Stage stage = login.stage();
    if (!(stage instanceof Stage.Waiting || stage instanceof Stage.SigningIn)) {
      return Refusals.NOT_NOW;
    }
    SignInSecrets secrets =
        new SignInSecrets(
            id.text() + STATE_SEPARATOR + chance.secret().text(),
            chance.secret().text(),
            chance.secret().text());
    return switch (providers.begin(provider, secrets, terms(login))) {
      case SignInRequest.Unknown _ -> Refusals.PROVIDER_UNKNOWN;
      case SignInRequest.Unavailable(String detail) -> Refusals.providerAway(detail);
      case SignInRequest.To(var target) -> {
        Stage.SigningIn next = new Stage.SigningIn(provider, secrets, chance.secret());
        yield login.move(stage, next)
            ? new SignInOutcome.Redirect(target, next.browser())
            : Refusals.NOT_NOW;
      }
    };
  }

  /** Takes a browser back. Whatever does not belong to its own trip changes nothing. */
  public CallbackOutcome finish(
      String provider,
      Map<String, List<String>> parameters,
      Optional<LoginSecret> browser,
      Visitor visitor) {
    Optional<PendingLogin> found = ofState(parameters);
    if (found.isEmpty() || browser.isEmpty()) {
      return Refusals.SIGN_IN;
    }
    PendingLogin login = found.get();
    if (login.isExpired(chance.clock().instant())) {
      return Refusals.EXPIRED;
    }
    if (!(login.stage() instanceof Stage.SigningIn trip)
        || !trip.provider().equals(provider)
        || !trip.browser().matches(browser.get())
        || !isState(parameters, trip.secrets())) {
      return Refusals.SIGN_IN;
    }
    if (differs(login, visitor)) {
      return Refusals.ADDRESS_DIFFERS;
    }
    Instant asked = chance.clock().instant();
    if (failed.tooMany(visitor.address(), asked)) {
      return Refusals.TOO_MANY_TRIPS;
    }
    // From here on the state is used up, whatever becomes of it.
    Stage exchanging = new Stage.Exchanging();
    if (!login.move(trip, exchanging)) {
      return Refusals.SIGN_IN;
    }
    SignInResult result = providers.finish(provider, trip.secrets(), terms(login), parameters);
    return exchanged(login, exchanging, result, asked, visitor);
  }

  private CallbackOutcome exchanged(
      PendingLogin login, Stage exchanging, SignInResult result, Instant asked, Visitor visitor) {
    return switch (result) {
      case SignInResult.Unavailable(String detail) -> {
        failed.failed(visitor.address(), asked);
        var _ = login.move(exchanging, new Stage.Waiting());
        yield Refusals.providerAway(detail);
      }
      case SignInResult.Denied(String error) -> over(login, exchanging, Refusals.denied(error));
      case SignInResult.Refused refused -> {
        failed.failed(visitor.address(), asked);
        LoginRefused why = Refusals.atProvider(refused.code(), refused.detail(), refused.remedy());
        refused.who().ifPresent(who -> note(who, login, visitor, why));
        yield over(login, exchanging, why);
      }
      case SignInResult.SignedIn(Identity identity, var refresh) -> {
        Optional<LoginRefused> refusal = refusal(login, identity);
        if (refusal.isPresent()) {
          refusals.record(identity, asker(login, visitor), List.of(Refusals.reason(refusal.get())));
          yield over(login, exchanging, refusal.get());
        }
        Stage.SignIn by = new Stage.SignIn(identity, refresh, visitor.address(), asked);
        Stage.SignedIn next = new Stage.SignedIn(by, chance.secret(), chance.secret(), TRIES);
        yield login.move(exchanging, next)
            ? new CallbackOutcome.ConsentNeeded(login.facts().id(), next.browser())
            : Refusals.NOT_NOW;
      }
    };
  }

  private Optional<LoginRefused> refusal(PendingLogin login, Identity identity) {
    try {
      Optional<IdentityId> owner = store.boundTo(login.facts().key().fingerprint());
      if (owner.isPresent() && !owner.get().equals(identity.id())) {
        return Optional.of(Refusals.KEY_IN_USE);
      }
    } catch (StoreFailed e) {
      LOG.error("bound keys cannot be read", e);
      return Optional.of(Refusals.UNAVAILABLE);
    }
    Optional<Duration> maxAge = login.facts().request().maxAuthAge();
    boolean recent =
        maxAge.isEmpty()
            || identity
                .authenticatedAt()
                .filter(
                    at -> at.plus(maxAge.get()).plus(CLOCK_SKEW).isAfter(chance.clock().instant()))
                .isPresent();
    return recent ? Optional.empty() : Optional.of(Refusals.TOO_OLD);
  }

  /** Loopback alone: whoever sends another person the link must not be helped by that person. */
  private boolean differs(PendingLogin login, Visitor visitor) {
    return login.facts().mode() == LoginMode.LOOPBACK
        && !rules.otherAddressAllowed()
        && !PendingLogins.isSameSite(login.facts().asker(), visitor.address());
  }

  private Optional<PendingLogin> ofState(Map<String, List<String>> parameters) {
    List<String> states = parameters.getOrDefault(STATE, List.of());
    if (states.size() != 1) {
      return Optional.empty();
    }
    int end = states.getFirst().indexOf(STATE_SEPARATOR);
    return end < 0
        ? Optional.empty()
        : LoginId.parse(states.getFirst().substring(0, end)).flatMap(pending::find);
  }

  private static boolean isState(Map<String, List<String>> parameters, SignInSecrets secrets) {
    List<String> states = parameters.getOrDefault(STATE, List.of());
    return states.size() == 1 && secrets.isState(states.getFirst());
  }

  private void note(IdentityId who, PendingLogin login, Visitor visitor, LoginRefused why) {
    refusals.record(who, asker(login, visitor), List.of(Refusals.reason(why)));
  }

  private static LoginRefused over(PendingLogin login, Stage from, LoginRefused why) {
    var _ = login.move(from, new Stage.Refused());
    return why;
  }

  private static Asker asker(PendingLogin login, Visitor visitor) {
    return new Asker(
        Optional.of(login.facts().key()), Optional.of(visitor.address()), visitor.requestId());
  }

  private static SignInTerms terms(PendingLogin login) {
    return new SignInTerms(login.facts().mode(), login.facts().request().maxAuthAge());
  }
}
