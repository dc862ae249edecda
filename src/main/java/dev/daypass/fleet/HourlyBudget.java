package dev.daypass.fleet;

import dev.daypass.policy.host.HostName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * How many entries a server may cause: each is for ever, and a server that is broken or taken over
 * must not fill the ledger.
 */
public final class HourlyBudget {
  private static final Duration HOUR = Duration.ofHours(1);

  private final InstantSource clock;
  private final int anHour;

  /** Guarded by this; at most one for each server that joined. */
  private final Map<HostName, Spent> spent = new HashMap<>();

  public HourlyBudget(InstantSource clock, int anHour) {
    this.clock = clock;
    this.anHour = anHour;
  }

  private record Spent(Instant since, int count) {}

  /** Whether there is one more for this server; if so it is used up. */
  public synchronized boolean spend(HostName host) {
    Instant now = clock.instant();
    spent.values().removeIf(one -> !now.isBefore(one.since().plus(HOUR)));
    Spent before = spent.getOrDefault(host, new Spent(now, 0));
    if (before.count() >= anHour) {
      return false;
    }
    spent.put(host, new Spent(before.since(), before.count() + 1));
    return true;
  }
}
