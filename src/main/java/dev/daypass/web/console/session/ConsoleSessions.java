package dev.daypass.web.console.session;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.login.LoginSecret;
import dev.daypass.ssh.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The sessions that are open, in memory. What is known of an identity is an hour old at most: as
 * with a login without refresh tokens, who leaves is out by then (DESIGN section 1, "Leavers
 * leave").
 */
public final class ConsoleSessions {
  /** From the sign-in on, whatever is done. */
  public static final Duration LIFE = Duration.ofHours(1);

  /** Since the last request. */
  public static final Duration IDLE = Duration.ofMinutes(20);

  static final int MOST = 5000;

  /** Of one identity; the one used longest ago goes. */
  static final int MOST_OF_ONE = 10;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * By the hash of the secret, which is so compared without telling how much of it was right; the
   * one used longest ago first. Guarded by {@link #lock}.
   */
  private final Map<Bytes, Held> held = new LinkedHashMap<>();

  private record Held(ConsoleSession session, Instant usedAt) {
    boolean isOver(Instant now) {
      return !session.openedAt().plus(LIFE).isAfter(now) || !usedAt.plus(IDLE).isAfter(now);
    }
  }

  /**
   * @param random must be cryptographically strong
   */
  public ConsoleSessions(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Opens one, and answers the secret that the browser keeps: always a new one. */
  LoginSecret open(Identity identity) {
    LoginSecret secret = LoginSecret.random(random);
    Instant now = clock.instant();
    ConsoleSession session = new ConsoleSession(identity, LoginSecret.random(random), now);
    lock.lock();
    try {
      held.values().removeIf(each -> each.isOver(now));
      if (held.values().stream().filter(each -> isOf(each, identity.id())).count() >= MOST_OF_ONE) {
        removeFirst(identity.id());
      }
      if (held.size() >= MOST) {
        held.remove(held.keySet().iterator().next());
      }
      held.put(secret.sha256(), new Held(session, now));
    } finally {
      lock.unlock();
    }
    return secret;
  }

  /** The session of that secret, which is used now. */
  Optional<ConsoleSession> use(LoginSecret secret) {
    Instant now = clock.instant();
    lock.lock();
    try {
      Held found = held.remove(secret.sha256());
      if (found == null || found.isOver(now)) {
        return Optional.empty();
      }
      held.put(secret.sha256(), new Held(found.session(), now));
      return Optional.of(found.session());
    } finally {
      lock.unlock();
    }
  }

  /** Ends one, if it is there. */
  void end(LoginSecret secret) {
    lock.lock();
    try {
      held.remove(secret.sha256());
    } finally {
      lock.unlock();
    }
  }

  /** Ends all of somebody's but this one; answers how many. */
  public int endOthers(ConsoleSession kept) {
    lock.lock();
    try {
      int before = held.size();
      held.values()
          .removeIf(each -> isOf(each, kept.identity().id()) && !each.session().equals(kept));
      return before - held.size();
    } finally {
      lock.unlock();
    }
  }

  /** Caller holds {@link #lock}. */
  private void removeFirst(IdentityId id) {
    Iterator<Held> oldest = held.values().iterator();
    while (oldest.hasNext()) {
      if (isOf(oldest.next(), id)) {
        oldest.remove();
        return;
      }
    }
  }

  private static boolean isOf(Held each, IdentityId id) {
    return each.session().identity().id().equals(id);
  }
}
