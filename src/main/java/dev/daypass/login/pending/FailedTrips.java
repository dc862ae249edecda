package dev.daypass.login.pending;

import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sign-ins of each address that failed at the identity provider within a minute. Anybody can
 * bring made-up codes back, and each is a request of the daemon's own: a provider that limits the
 * daemon's rate for them would answer no re-check either, and every login would run out of grace.
 * Safe for many threads.
 */
public final class FailedTrips {
  static final int MAX = 30;
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** The address that failed longest ago is forgotten first. */
  private static final int MAX_ADDRESSES = 10_000;

  private record Count(Instant since, int failed) {
    boolean isOver(Instant now) {
      Duration age = Duration.between(since, now);
      return age.isNegative() || age.compareTo(WINDOW) >= 0;
    }
  }

  /** Guarded by {@code this}. */
  private final Map<Bytes, Count> byAddress = new LinkedHashMap<>();

  /** Whether so many of this address failed that the provider is not asked for it now. */
  public synchronized boolean tooMany(IpAddress address, Instant now) {
    Count count = byAddress.get(PendingLogins.site(address));
    return count != null && !count.isOver(now) && count.failed() >= MAX;
  }

  /** One more failed. */
  public synchronized void failed(IpAddress address, Instant now) {
    Bytes site = PendingLogins.site(address);
    Count before = byAddress.remove(site);
    byAddress.put(
        site,
        before == null || before.isOver(now)
            ? new Count(now, 1)
            : new Count(before.since(), before.failed() + 1));
    if (byAddress.size() > MAX_ADDRESSES) {
      byAddress.remove(byAddress.keySet().iterator().next());
    }
  }
}
