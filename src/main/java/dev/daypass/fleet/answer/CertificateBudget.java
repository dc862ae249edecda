package dev.daypass.fleet.answer;

import dev.daypass.policy.host.HostName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * How many certificates a server may fetch: each is an entry for ever, and a server that is broken
 * or taken over must not fill the ledger.
 */
final class CertificateBudget {
  private static final int AN_HOUR = 20;
  private static final Duration HOUR = Duration.ofHours(1);

  private final InstantSource clock;

  /** Guarded by this; at most one for each server that joined. */
  private final Map<HostName, Spent> spent = new HashMap<>();

  CertificateBudget(InstantSource clock) {
    this.clock = clock;
  }

  private record Spent(Instant since, int count) {}

  /** Whether there is one more for this server; if so it is used up. */
  synchronized boolean spend(HostName host) {
    Instant now = clock.instant();
    spent.values().removeIf(one -> !now.isBefore(one.since().plus(HOUR)));
    Spent before = spent.getOrDefault(host, new Spent(now, 0));
    if (before.count() >= AN_HOUR) {
      return false;
    }
    spent.put(host, new Spent(before.since(), before.count() + 1));
    return true;
  }
}
