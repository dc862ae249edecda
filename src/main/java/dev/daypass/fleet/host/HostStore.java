package dev.daypass.fleet.host;

import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port: joined servers, changes that wait for their entries, join tokens, servers that ask. What
 * writes is durable on return.
 */
public interface HostStore {
  /** What became of beginning a change. */
  enum Begun {
    BEGUN,
    /** Another server has joined under this name. */
    NAME_TAKEN,
    /** Another server has joined with this key. */
    KEY_TAKEN,
    /** Another change of this name or key is under way, or came first. */
    BUSY,
    /** The token is used, too old, or not there. */
    TOKEN_SPENT
  }

  void add(StoredToken token) throws StoreFailed;

  Optional<StoredToken> token(Bytes sha256) throws StoreFailed;

  /** Tokens with which a server can still join, those that end first before the others. */
  List<StoredToken> openTokens(Instant now) throws StoreFailed;

  /** Forgets tokens that ended before that moment, used or not. */
  void forgetTokens(Instant endedBefore) throws StoreFailed;

  /**
   * Begins a change, and uses up the token if there is one: both or neither.
   *
   * @param token the SHA-256 of the token, which must be valid at the change's time
   */
  Begun begin(HostChange change, Optional<Bytes> token) throws StoreFailed;

  /** The change's entry is in the ledger: it is in force from now on. */
  void finish(HostChange change, EntryNumber entry) throws StoreFailed;

  /** Changes that were begun and not finished, the oldest first. */
  List<HostChange> unfinished() throws StoreFailed;

  /** Every joined server, by name. */
  List<JoinedHost> all() throws StoreFailed;

  /** Remembers that a server asks; what the same key asked before is forgotten. */
  void ask(PendingJoin pending) throws StoreFailed;

  /** The servers that ask, the oldest first. */
  List<PendingJoin> asking() throws StoreFailed;

  void forgetAsking(Fingerprint key) throws StoreFailed;

  /** Forgets who asked before that moment. */
  void forgetAskedBefore(Instant moment) throws StoreFailed;
}
