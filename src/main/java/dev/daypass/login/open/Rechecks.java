package dev.daypass.login.open;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityRegistry;
import dev.daypass.identity.Registration;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.store.LoginStore;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.login.store.TokenSealer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks identity providers whether they still stand by a login (DESIGN section 4, Re-check): one
 * check at a time for each login, recorded before it is sent, a rotated token stored before its
 * result counts.
 */
final class Rechecks {
  private static final Logger LOG = LoggerFactory.getLogger(Rechecks.class);

  /** A provider that did not answer is left alone for that long, for each login. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final LoginStore store;
  private final TokenSealer sealer;
  private final SignInProviders providers;
  private final IdentityRegistry registry;
  private final Endings endings;
  private final Freshness freshness;

  /** Checks under way; whoever comes second waits for the first one's result. */
  private final Map<LoginId, CompletableFuture<Result>> running = new ConcurrentHashMap<>();

  /** When a provider last did not answer for a login. */
  private final Map<LoginId, Instant> unanswered = new ConcurrentHashMap<>();

  Rechecks(
      LoginStore store,
      TokenSealer sealer,
      SignInProviders providers,
      IdentityRegistry registry,
      Endings endings,
      Freshness freshness) {
    this.store = store;
    this.sealer = sealer;
    this.providers = providers;
    this.registry = registry;
    this.endings = endings;
    this.freshness = freshness;
  }

  /** When a provider's word is old. */
  record Freshness(InstantSource clock, Duration checkAge) {
    Instant now() {
      return clock.instant();
    }

    boolean isFresh(StoredLogin login) {
      return login.token().isEmpty()
          || login.check().passedAt().plus(checkAge).isAfter(clock.instant());
    }

    /** Checks that passed before this moment are old. */
    Instant oldest() {
      return clock.instant().minus(checkAge);
    }

    /** How long to leave a provider alone, or a login without certificates unlooked at. */
    Duration atMostCheckAge(Duration pause) {
      return pause.compareTo(checkAge) < 0 ? pause : checkAge;
    }
  }

  /** What a check found. */
  sealed interface Result {
    /** The provider stands by it. */
    record Good(StoredLogin login) implements Result {}

    /** It is over, now or already. */
    record Over() implements Result {}

    /** Nothing is known. */
    record Silent(StoredLogin login, Instant since) implements Result {}

    /** The store or the registry cannot be used. */
    record Broken() implements Result {}
  }

  /** The login as it is after a check, made by this thread or by another at the same time. */
  Result check(LoginId id) {
    CompletableFuture<Result> mine = new CompletableFuture<>();
    CompletableFuture<Result> other = running.putIfAbsent(id, mine);
    if (other != null) {
      return other.join();
    }
    Result result = new Result.Broken();
    try {
      result = checkAlone(id);
    } catch (StoreFailed | RuntimeException e) {
      LOG.error("login {} cannot be checked", id, e);
    } finally {
      running.remove(id, mine);
      mine.complete(result);
    }
    return result;
  }

  private Result checkAlone(LoginId id) throws StoreFailed {
    // Read here and not before: another check may have ended since the caller looked.
    Optional<StoredLogin> found = store.find(id);
    if (found.isEmpty()) {
      return new Result.Over();
    }
    StoredLogin login = found.get();
    if (freshness.isFresh(login)) {
      return new Result.Good(login);
    }
    if (login.check().unreachableSince().isPresent() && isLeftAlone(id)) {
      return silence(login, login.check().unreachableSince().get());
    }
    Optional<RefreshToken> token = login.token().flatMap(sealed -> sealer.unseal(sealed, id));
    if (token.isEmpty()) {
      return end(id, new Ender.DoubtfulCheck("the refresh token cannot be unsealed"));
    }
    Instant asked = freshness.now();
    store.checkBegins(id);
    RefreshResult answer =
        providers.refresh(login.identity().provider(), login.identity(), token.get());
    return switch (answer) {
      case RefreshResult.Renewed(var identity, var rotated) -> {
        rotate(id, rotated);
        yield renewed(login, identity, asked);
      }
      case RefreshResult.Ended(String error) -> end(id, ender(login, error));
      case RefreshResult.Refused refused -> end(id, new Ender.Provider(refused.code()));
      case RefreshResult.Unreachable(String detail, var rotated) -> {
        LOG.warn("login {}: the identity provider does not answer: {}", id, detail);
        rotate(id, rotated);
        yield silent(login, rotated.isPresent());
      }
      // The mark of a check in flight stays: the token may be the provider's last but one.
      case RefreshResult.CutOff _ -> new Result.Broken();
    };
  }

  private void rotate(LoginId id, Optional<RefreshToken> rotated) throws StoreFailed {
    if (rotated.isPresent()) {
      store.rotate(id, sealer.seal(rotated.get(), id));
    }
  }

  private Result renewed(StoredLogin login, Identity identity, Instant asked) throws StoreFailed {
    if (!identity.id().equals(login.identity().id())) {
      return end(login.id(), new Ender.Provider("subject_changed"));
    }
    return switch (registry.register(identity)) {
      case Registration.UsernameTaken _ -> end(login.id(), new Ender.Provider("username_taken"));
      case Registration.AccountTaken _ -> end(login.id(), new Ender.Provider("account_taken"));
      case Registration.Unavailable _ -> new Result.Broken();
      // Nobody was asked to sign in: a role's max-auth-age takes a new login.
      case Registration.Accepted _ ->
          passed(login, identity.authenticated(login.identity().authenticatedAt()), asked);
    };
  }

  private Result passed(StoredLogin login, Identity identity, Instant asked) throws StoreFailed {
    unanswered.remove(login.id());
    if (!store.checkPassed(login.id(), identity, asked)) {
      return new Result.Over();
    }
    return store.find(login.id()).<Result>map(Result.Good::new).orElseGet(Result.Over::new);
  }

  private Result silent(StoredLogin login, boolean tokenIsCertain) throws StoreFailed {
    Instant now = freshness.now();
    Instant since = login.check().unreachableSince().orElse(now);
    // What a crash left in doubt stays so until the provider has answered.
    store.checkUnanswered(login.id(), since, login.check().inFlight() && !tokenIsCertain);
    unanswered.values().removeIf(last -> !isRecent(last));
    unanswered.put(login.id(), now);
    return silence(login, since);
  }

  /**
   * The grace is the provider's, not each login's: it counts from the first check of any login that
   * was left unanswered, so that nobody's idle login begins a grace of its own late in an outage.
   */
  private Result silence(StoredLogin login, Instant since) throws StoreFailed {
    Instant before = store.silentSince(login.identity().id().issuer()).orElse(since);
    return new Result.Silent(login, before.isBefore(since) ? before : since);
  }

  /** The token may have been rotated by the check that was cut off, and then it looks stolen. */
  private static Ender ender(StoredLogin login, String error) {
    return login.check().inFlight() && error.equals("invalid_grant")
        ? new Ender.DoubtfulCheck(error)
        : new Ender.Provider(error);
  }

  private Result end(LoginId id, Ender ender) throws StoreFailed {
    unanswered.remove(id);
    try {
      var _ = endings.end(id, ender);
    } catch (LedgerUnavailable e) {
      LOG.warn("login {} has ended; its entry waits for the ledger: {}", id, e.getMessage());
    }
    return new Result.Over();
  }

  private boolean isLeftAlone(LoginId id) {
    Instant last = unanswered.get(id);
    return last != null && isRecent(last);
  }

  private boolean isRecent(Instant last) {
    return last.plus(freshness.atMostCheckAge(PAUSE)).isAfter(freshness.now());
  }
}
