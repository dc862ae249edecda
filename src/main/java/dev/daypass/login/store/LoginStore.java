package dev.daypass.login.store;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.LoginId;
import dev.daypass.ssh.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port: bound keys for ever, open logins, ends that wait for their entries. What writes is durable
 * on return.
 */
public interface LoginStore {
  /** What became of opening a login. */
  enum Opening {
    OPENED,
    /** The key belongs to another identity. */
    KEY_IN_USE
  }

  /** Whom a key was ever bound to. */
  Optional<IdentityId> boundTo(Fingerprint key) throws StoreFailed;

  /**
   * Binds the key and opens the login. An open login of the same key ends as {@code replaced}, in
   * the same commit.
   */
  Opening open(StoredLogin login, LoginEnd replaced) throws StoreFailed;

  Optional<StoredLogin> find(LoginId id) throws StoreFailed;

  Optional<StoredLogin> ofKey(Fingerprint key) throws StoreFailed;

  /** The newest first. */
  List<StoredLogin> ofIdentity(IdentityId identity) throws StoreFailed;

  /** Every open login, the newest first. */
  List<StoredLogin> all() throws StoreFailed;

  /** Open logins that a provider can be asked about and was not since that moment. */
  List<StoredLogin> checkedBefore(Instant moment) throws StoreFailed;

  /** Open logins whose time is up. */
  List<LoginId> expired(Instant now) throws StoreFailed;

  /** A check is about to be sent. */
  void checkBegins(LoginId id) throws StoreFailed;

  /** The provider gave another token; until the next line, its answer does not count. */
  void rotate(LoginId id, SealedToken token) throws StoreFailed;

  /** The provider stands by it; false if the login has ended meanwhile. */
  boolean checkPassed(LoginId id, Identity identity, Instant at) throws StoreFailed;

  /**
   * The provider could not be asked.
   *
   * @param inFlight whether an earlier check's fate is still unknown
   */
  void checkUnanswered(LoginId id, Instant since, boolean inFlight) throws StoreFailed;

  /**
   * Since when the identity provider of this issuer answers for no login: the oldest unanswered
   * check since its last answer.
   */
  Optional<Instant> silentSince(String issuer) throws StoreFailed;

  /** Ends an open login, whose token is forgotten; false if it was not open. */
  boolean end(LoginId id, LoginEnd end, Instant at) throws StoreFailed;

  Optional<EndedLogin> ended(LoginId id) throws StoreFailed;

  /** Ends that wait for their entries, the oldest first. */
  List<LoginId> endings() throws StoreFailed;

  /** The end is in the ledger: the login is forgotten, its key stays bound. */
  void forget(LoginId id) throws StoreFailed;
}
