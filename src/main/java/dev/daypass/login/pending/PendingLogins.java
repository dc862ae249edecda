package dev.daypass.login.pending;

import dev.daypass.login.LoginId;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The logins on their way, bounded in number: in all, and of one address. Safe for many threads.
 */
public final class PendingLogins {
  static final Duration LIFETIME = Duration.ofMinutes(5);

  /** An expired login answers so for as long again, and then as unknown. */
  private static final Duration REMEMBERED = LIFETIME.multipliedBy(2);

  private static final int MAX = 10_000;
  private static final int MAX_OF_ADDRESS = 64;

  /**
   * Logins that are over answer so to their terminals. Anybody can end logins of his own as fast as
   * he begins them, so that only the last of an address are kept, lest they fill the room.
   */
  private static final int MAX_OVER_OF_ADDRESS = 64;

  /** An IPv6 network of one site's computer: its addresses change by the hour. */
  private static final int IPV6_OCTETS = 8;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}; the oldest first, and so the first to expire. */
  private final Map<LoginId, Waiter> logins = new LinkedHashMap<>();

  /** Guarded by {@link #lock}; the same logins by where they came from, the oldest first. */
  private final Map<Bytes, List<Waiter>> bySite = new HashMap<>();

  /** A login beside what is asked of each at every start: where it came from. */
  private record Waiter(PendingLogin login, Bytes site, Bytes network) {
    static Waiter of(PendingLogin login) {
      IpAddress asker = login.facts().asker();
      return new Waiter(login, PendingLogins.site(asker), PendingLogins.network(asker));
    }

    boolean isOver(Instant now) {
      return login.isExpired(now) || login.stage().pollState().isFinal();
    }
  }

  public PendingLogins(InstantSource clock) {
    this.clock = clock;
  }

  /** False if there are too many. */
  boolean add(PendingLogin login) {
    Instant now = clock.instant();
    Waiter newcomer = Waiter.of(login);
    lock.lock();
    try {
      forgetOld(now);
      List<Waiter> ofAddress = bySite.getOrDefault(newcomer.site, List.of());
      List<Waiter> over = ofAddress.stream().filter(other -> other.isOver(now)).toList();
      if (ofAddress.size() - over.size() >= MAX_OF_ADDRESS) {
        return false;
      }
      over.stream().limit(Math.max(0, over.size() - MAX_OVER_OF_ADDRESS + 1)).forEach(this::forget);
      if (logins.size() >= MAX) {
        givingWay(newcomer, now).ifPresent(this::forget);
      }
      if (logins.size() >= MAX) {
        return false;
      }
      logins.put(login.facts().id(), newcomer);
      bySite.computeIfAbsent(newcomer.site, _ -> new ArrayList<>()).add(newcomer);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Where there is no more room: a login that is over, else the oldest of the network that has by
   * far the most. Whoever has many addresses has them beside each other, and must not lock out
   * those who have one.
   */
  private Optional<Waiter> givingWay(Waiter newcomer, Instant now) {
    Optional<Waiter> over = logins.values().stream().filter(other -> other.isOver(now)).findFirst();
    if (over.isPresent()) {
      return over;
    }
    Map<Bytes, Integer> waiting = new HashMap<>();
    logins.values().forEach(other -> waiting.merge(other.network, 1, Integer::sum));
    int own = waiting.getOrDefault(newcomer.network, 0);
    return waiting.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(most -> most.getValue() > 2 * (own + 1))
        .flatMap(most ->
            logins.values().stream()
                .filter(other -> other.network.equals(most.getKey()))
                .findFirst());
  }

  /** IPv4 /24, IPv6 /48: what is given to one customer, at the least. */
  private static Bytes network(IpAddress address) {
    return address.octets().slice(0, address.isIpv4() ? 3 : 6);
  }

  /** Also one that has expired lately. */
  Optional<PendingLogin> find(LoginId id) {
    lock.lock();
    try {
      forgetOld(clock.instant());
      return Optional.ofNullable(logins.get(id)).map(Waiter::login);
    } finally {
      lock.unlock();
    }
  }

  /** Whether two addresses are one computer's as far as can be told: an IPv6 /64 counts as one. */
  static boolean isSameSite(IpAddress one, IpAddress other) {
    return site(one).equals(site(other));
  }

  /** What all addresses of one computer have in common; an IPv4 address has 4 octets. */
  static Bytes site(IpAddress address) {
    return address.isIpv4() ? address.octets() : address.octets().slice(0, IPV6_OCTETS);
  }

  /** Caller holds {@link #lock}. */
  private void forget(Waiter waiter) {
    logins.remove(waiter.login.facts().id());
    forgetSite(waiter);
  }

  /** Caller holds {@link #lock}. */
  private void forgetSite(Waiter waiter) {
    bySite.computeIfPresent(
        waiter.site,
        (_, ofSite) -> {
          ofSite.remove(waiter);
          return ofSite.isEmpty() ? null : ofSite;
        });
  }

  /** Caller holds {@link #lock}. */
  private void forgetOld(Instant now) {
    Iterator<Waiter> oldest = logins.values().iterator();
    while (oldest.hasNext()) {
      Waiter next = oldest.next();
      Instant expiresAt = next.login.facts().expiresAt();
      if (expiresAt.plus(REMEMBERED).minus(LIFETIME).isAfter(now)) {
        return;
      }
      oldest.remove();
      forgetSite(next);
    }
  }
}
