package dev.daypass.login.open;

import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityRegistry;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginRules;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.Standing;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.store.LoginStore;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.login.store.TokenSealer;
import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logins whose key is bound: whom a key stands for now, and their end. */
public final class OpenLogins {
  private static final Logger LOG = LoggerFactory.getLogger(OpenLogins.class);

  private static final LoginRefused ENDED =
      new LoginRefused(
          LoginFault.LOGIN_ENDED, "Your login has ended.", "Log in again: daypass login.");
  private static final LoginRefused REQUIRED =
      new LoginRefused(
          LoginFault.LOGIN_REQUIRED,
          "This key stands for nobody yet.",
          "Log in first: daypass login.");

  private final LoginStore store;
  private final Endings endings;
  private final GivenBack givenBack;
  private final Rechecks rechecks;
  private final Rechecks.Freshness freshness;
  private final LoginRules rules;

  public OpenLogins(
      LoginStore store,
      TokenSealer sealer,
      SignInProviders providers,
      IdentityRegistry registry,
      Endings endings,
      LoginRules rules,
      InstantSource clock) {
    this.store = store;
    this.endings = endings;
    this.rules = rules;
    this.givenBack = new GivenBack(store, sealer, providers);
    this.freshness = new Rechecks.Freshness(clock, rules.checkAge());
    this.rechecks = new Rechecks(store, sealer, providers, registry, endings, freshness);
  }

  /** Whom a key stands for; asks the identity provider if that was long ago. */
  public Standing standing(SshPublicKey key) {
    try {
      Optional<StoredLogin> login = store.ofKey(key.fingerprint());
      if (login.isEmpty()) {
        return store.boundTo(key.fingerprint()).<Standing>map(OpenLogins::ended).orElse(REQUIRED);
      }
      // The background ends it, once nothing that it was given needs to be watched.
      if (!isInTime(login.get())) {
        return ended(login.get().identity().id());
      }
      return freshness.isFresh(login.get())
          ? known(login.get(), Optional.empty())
          : checked(login.get());
    } catch (StoreFailed e) {
      LOG.error("logins cannot be read", e);
      return new Standing.Unavailable("Logins cannot be looked up at the moment.");
    }
  }

  private Standing checked(StoredLogin old) {
    return switch (rechecks.check(old.id())) {
      case Rechecks.Result.Good(var login) -> known(login, Optional.empty());
      case Rechecks.Result.Over _ -> ended(old.identity().id());
      case Rechecks.Result.Broken _ ->
          new Standing.Unavailable("The login cannot be checked at the moment.");
      case Rechecks.Result.Silent(var login, Instant since) ->
          since.plus(rules.grace()).isAfter(freshness.now())
              ? known(login, Optional.of(since))
              : new Standing.Unavailable(
                  "The identity provider cannot be asked about you since " + since + ".");
    };
  }

  private static Standing known(StoredLogin login, Optional<Instant> unreachableSince) {
    Optional<Instant> lastCheck = login.token().map(_ -> login.check().passedAt());
    return new Standing.Known(login.identity(), login.id(), unreachableSince, lastCheck);
  }

  private static Standing ended(IdentityId owner) {
    return new Standing.Ended(owner, ENDED);
  }

  /** False also where it cannot be known. */
  public boolean isOpen(LoginId id) {
    return find(id).filter(this::isInTime).isPresent();
  }

  /** Whether it still gives anything; what it gave is watched until that has ended too. */
  private boolean isInTime(StoredLogin login) {
    return login.until().isAfter(freshness.now());
  }

  public Optional<StoredLogin> find(LoginId id) {
    try {
      return store.find(id);
    } catch (StoreFailed e) {
      LOG.error("login {} cannot be read", id, e);
      return Optional.empty();
    }
  }

  /** The newest first. */
  public List<StoredLogin> ofIdentity(IdentityId identity) throws StoreFailed {
    return store.ofIdentity(identity).stream().filter(this::isInTime).toList();
  }

  /** Every login, the newest first, with those whose certificates are still watched. */
  public List<StoredLogin> all() throws StoreFailed {
    return store.all();
  }

  /** Ends every login of an identity, with those whose certificates are still watched. */
  public EndOutcome endAll(IdentityId identity, Ender ender) {
    try {
      return end(store.ofIdentity(identity).stream().map(StoredLogin::id).toList(), ender);
    } catch (StoreFailed e) {
      LOG.error("logins cannot be read", e);
      return new LoginRefused(
          LoginFault.UNAVAILABLE, "Logins cannot be read at the moment.", "Try again.");
    }
  }

  /** Ends these logins, those that are still open. */
  public EndOutcome end(List<LoginId> ids, Ender ender) {
    int ended = 0;
    int revoked = 0;
    boolean written = true;
    List<StoredLogin> before = ids.stream().flatMap(id -> find(id).stream()).toList();
    for (LoginId id : ids) {
      try {
        Optional<Integer> certificates = endings.end(id, ender);
        ended += certificates.isPresent() ? 1 : 0;
        revoked += certificates.orElse(0);
      } catch (LedgerUnavailable e) {
        LOG.warn("login {} has ended; its entry waits for the ledger: {}", id, e.getMessage());
        written = false;
      } catch (StoreFailed e) {
        LOG.error("login {} could not be ended", id, e);
        return unavailable("The login could not be ended.");
      }
    }
    before.forEach(givenBack::afterTheEndOf);
    return written
        ? new EndOutcome.Ended(ended, revoked)
        : unavailable(
            "The login has ended; that, and what is revoked with it, waits for the ledger.");
  }

  private static LoginRefused unavailable(String detail) {
    return new LoginRefused(LoginFault.UNAVAILABLE, detail, "Look at /readyz, then try again.");
  }

  Rechecks rechecks() {
    return rechecks;
  }

  Rechecks.Freshness freshness() {
    return freshness;
  }
}
