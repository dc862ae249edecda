package dev.daypass.login.open;

import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.store.LoginStore;
import dev.daypass.login.store.StoredLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background's share of logins, a round every few seconds: ends that wait for their entries,
 * logins whose time is up, and re-checks of logins with a live certificate (DESIGN section 4).
 */
public final class DueLogins {
  private static final Logger LOG = LoggerFactory.getLogger(DueLogins.class);
  private static final int AT_ONCE = 32;

  /** A login without a live certificate is looked at again after that. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final LoginStore store;
  private final OpenLogins open;
  private final Endings endings;
  private final LiveCertificates live;

  /**
   * The checks of one provider in one round. One that does not answer is not asked about all of its
   * logins, each for as long as its timeout: the others' leavers must not wait for that.
   */
  private record Lane(Semaphore permits, AtomicInteger silent) {
    Lane() {
      this(new Semaphore(AT_ONCE), new AtomicInteger());
    }

    void check(Rechecks rechecks, LoginId id) {
      permits.acquireUninterruptibly();
      try {
        if (silent.get() < AT_ONCE && rechecks.check(id) instanceof Rechecks.Result.Silent) {
          silent.incrementAndGet();
        }
      } finally {
        permits.release();
      }
    }
  }

  /** When a login may be looked at again; written by the thread of {@link #round} alone. */
  private final Map<LoginId, Instant> nextLook = new ConcurrentHashMap<>();

  public DueLogins(LoginStore store, OpenLogins open, Endings endings, LiveCertificates live) {
    this.store = store;
    this.open = open;
    this.endings = endings;
    this.live = live;
  }

  /** One round; returns when all that is due was asked about. */
  public void round() {
    try {
      endings.finishAll();
      endExpired(store.expired(open.freshness().now()));
      recheck(store.checkedBefore(open.freshness().oldest()));
    } catch (StoreFailed | LedgerUnavailable e) {
      LOG.warn("logins are not re-checked in this round: {}", e.getMessage());
    } catch (RuntimeException e) {
      // The next round must come.
      LOG.error("logins are not re-checked in this round", e);
    }
  }

  /**
   * Ends logins whose time is up and whose certificates have ended too. Until then the provider is
   * asked on, and a lost laptop ends them: a certificate may outlive its login, its leaver may not.
   */
  private void endExpired(List<LoginId> expired) throws StoreFailed, LedgerUnavailable {
    for (LoginId id : expired) {
      Optional<StoredLogin> login = store.find(id);
      if (login.isPresent() && !live.any(login.get())) {
        var _ = open.end(List.of(id), new Ender.Expiry());
      }
    }
  }

  private void recheck(List<StoredLogin> old) throws LedgerUnavailable {
    Instant now = open.freshness().now();
    nextLook.values().removeIf(next -> !next.isAfter(now));
    Map<String, Lane> lanes = new HashMap<>();
    try (ExecutorService checks = Executors.newVirtualThreadPerTaskExecutor()) {
      for (StoredLogin login : old) {
        if (nextLook.containsKey(login.id())) {
          continue;
        }
        if (live.any(login)) {
          Lane lane = lanes.computeIfAbsent(login.identity().provider(), _ -> new Lane());
          checks.execute(() -> lane.check(open.rechecks(), login.id()));
        } else {
          nextLook.put(login.id(), now.plus(open.freshness().atMostCheckAge(LOOK)));
        }
      }
    }
  }
}
