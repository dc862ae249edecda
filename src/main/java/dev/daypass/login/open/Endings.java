package dev.daypass.login.open;

import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.store.EndedLogin;
import dev.daypass.login.store.LoginEnd;
import dev.daypass.login.store.LoginStore;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.tlog.EntryNumber;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of logins, in an order that no crash and no race breaks: the end is durable in the store,
 * so that nothing more is released; then it is written down; then what is live is looked for and
 * revoked; then the login is forgotten. Whatever was cut off is taken up again by {@link
 * #finishAll}.
 */
public final class Endings {
  private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

  private final LoginStore store;
  private final LoginEntries entries;
  private final LiveCertificates live;
  private final InstantSource clock;

  /** Ends that a thread is writing down. */
  private final Set<LoginId> finishing = ConcurrentHashMap.newKeySet();

  public Endings(
      LoginStore store, LoginEntries entries, LiveCertificates live, InstantSource clock) {
    this.store = store;
    this.entries = entries;
    this.live = live;
    this.clock = clock;
  }

  /**
   * Ends a login.
   *
   * @return how many certificates were revoked with it; empty if it was not open
   * @throws LedgerUnavailable if it has ended, and that could not be written down yet
   */
  Optional<Integer> end(LoginId id, Ender ender) throws StoreFailed, LedgerUnavailable {
    if (!store.end(id, LoginEnd.of(ender), clock.instant())) {
      return Optional.empty();
    }
    return Optional.of(finish(id));
  }

  /** Writes down whatever has ended and is not in the ledger. */
  public void finishAll() {
    try {
      for (LoginId id : store.endings()) {
        var _ = finish(id);
      }
    } catch (StoreFailed | LedgerUnavailable e) {
      LOG.warn("ends of logins wait for the ledger: {}", e.getMessage());
    }
  }

  private int finish(LoginId id) throws StoreFailed, LedgerUnavailable {
    if (!finishing.add(id)) {
      return 0;
    }
    try {
      Optional<EndedLogin> ended = store.ended(id);
      return ended.isEmpty() ? 0 : finish(ended.get());
    } finally {
      finishing.remove(id);
    }
  }

  private int finish(EndedLogin ended) throws StoreFailed, LedgerUnavailable {
    entries.ended(ended);
    int revoked = 0;
    if (ended.end().revokes()) {
      Optional<LoginId> successor =
          store.ofKey(ended.login().key().fingerprint()).map(StoredLogin::id);
      List<EntryNumber> serials = live.of(ended.login(), successor);
      entries.revoked(ended, serials);
      revoked = serials.size();
    }
    store.forget(ended.login().id());
    return revoked;
  }
}
