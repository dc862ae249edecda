package dev.daypass.ledger.verify;

import dev.daypass.ledger.entry.EntryKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Follows logins through a ledger (DESIGN section 4): a certificate is granted between the bound
 * opening of its login and the end, to the login's key; what is revoked was granted to that key;
 * and an end that revokes leaves no live certificate. Nobody is accused of what stood in erased
 * details.
 */
final class LoginTrail {
  /** How late a request that was under way at the end may still be written; it gets nothing. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  /** By when revocations follow an end, or the start of a daemon that takes it up. */
  private static final Duration REVOKED_WITHIN = Duration.ofMinutes(10);

  private final Consumer<LedgerFault> faults;
  private final Map<String, Login> logins = new HashMap<>();
  private final Map<String, Key> keys = new HashMap<>();

  /** Numbers of grants whose details are gone. */
  private final Set<Long> unreadableGrants = new HashSet<>();

  private boolean unreadableOpenings;
  private Instant lastStart = Instant.MIN;

  LoginTrail(Consumer<LedgerFault> faults) {
    this.faults = faults;
  }

  /** What is known of a login. */
  private static final class Login {
    private final Key key;

    /** Those of its certificates that may have to be revoked: until when, by number. */
    private final Map<Long, Instant> unrevoked = new HashMap<>();

    private Optional<End> end = Optional.empty();

    Login(Key key) {
      this.key = key;
    }
  }

  /**
   * A key and all that was granted for it, whatever the login: the end of a later login revokes
   * what an earlier one was given.
   */
  private record Key(String fingerprint, Map<Long, Login> grants) {}

  private record End(Instant at, boolean revokes) {}

  /** The next entry that says something of a login. */
  void add(long number, Instant at, LoginStep step) {
    switch (step) {
      case LoginStep.Started _ -> lastStart = at;
      case LoginStep.Unreadable(EntryKind kind) -> unreadable(number, kind);
      case LoginStep.Bound(String login, String key) -> bound(number, login, key);
      case LoginStep.Granted granted ->
          find(number, granted.login()).ifPresent(login -> granted(number, at, login, granted));
      case LoginStep.Ended(String id, boolean revokes) ->
          find(number, id).ifPresent(login -> ended(number, login, new End(at, revokes)));
      case LoginStep.Revoked revoked ->
          find(number, revoked.login()).ifPresent(login -> revoked(number, login, revoked));
    }
  }

  /**
   * All entries were added, the newest of that time: what should stand there by now and does not.
   */
  void finish(Instant newestAt) {
    for (Login login : logins.values()) {
      if (login.end.filter(End::revokes).isEmpty()) {
        continue;
      }
      Instant ended = login.end.get().at();
      Instant due = (ended.isAfter(lastStart) ? ended : lastStart).plus(REVOKED_WITHIN);
      login.unrevoked.forEach((number, validBefore) -> {
        if (newestAt.isAfter(due) && validBefore.isAfter(due)) {
          fault(number, "its login was ended, and no entry revokes it");
        }
      });
    }
  }

  private void unreadable(long number, EntryKind kind) {
    if (kind == EntryKind.CERTIFICATE_GRANTED) {
      unreadableGrants.add(number);
    }
    unreadableOpenings |= kind == EntryKind.LOGIN_OPENED;
  }

  private void bound(long number, String id, String key) {
    Key bound = keys.computeIfAbsent(key, _ -> new Key(key, new HashMap<>()));
    Login login = logins.computeIfAbsent(id, _ -> new Login(bound));
    if (!login.key.equals(bound)) {
      fault(number, "it binds another key to the same login");
    }
    if (login.end.isPresent()) {
      fault(number, "it opens a login that had ended");
    }
  }

  private void granted(long number, Instant at, Login login, LoginStep.Granted granted) {
    if (!login.key.fingerprint().equals(granted.key())) {
      fault(number, "its key is not the one of its login");
    }
    if (login.end.isEmpty()) {
      login.unrevoked.put(number, granted.validBefore());
    } else if (at.isAfter(login.end.get().at().plus(UNDER_WAY))) {
      fault(number, "it was granted after its login had ended");
    }
    login.key.grants().put(number, login);
  }

  private void ended(long number, Login login, End end) {
    if (login.end.isPresent()) {
      fault(number, "it ends a login that had ended");
      return;
    }
    login.end = Optional.of(end);
    if (!end.revokes()) {
      login.unrevoked.clear();
    }
  }

  private void revoked(long number, Login login, LoginStep.Revoked step) {
    if (login.end.filter(End::revokes).isEmpty()) {
      fault(number, "it revokes certificates of a login whose end does not");
    }
    for (String serial : step.serials()) {
      Optional<Long> grant = number(serial);
      Optional<Login> holder = grant.map(login.key.grants()::get);
      holder.ifPresent(holding -> holding.unrevoked.remove(grant.get()));
      if (holder.isEmpty() && grant.filter(unreadableGrants::contains).isEmpty()) {
        fault(number, "it revokes " + serial + ", which was not granted to that login's key");
      }
    }
  }

  private Optional<Login> find(long number, String id) {
    Optional<Login> login = Optional.ofNullable(logins.get(id));
    if (login.isEmpty() && !unreadableOpenings) {
      fault(number, "it names a login that was not opened");
    }
    return login;
  }

  private static Optional<Long> number(String serial) {
    try {
      return Optional.of(Long.parseLong(serial));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private void fault(long number, String problem) {
    faults.accept(LedgerFault.of(number, problem));
  }
}
