package dev.daypass.fleet.key;

import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Fingerprint;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which trust bundle is in force at each server, by its own word, since this daemon started:
 * servers say it with each signed request for their map, so that a restart forgets it for minutes
 * only.
 *
 * <p>For any number of threads.
 */
public final class BundleReach {
  private final Map<Fingerprint, Long> numbers = new ConcurrentHashMap<>();

  /** A server says so. */
  public void told(JoinedHost host, long number) {
    numbers.put(host.key().fingerprint(), number);
  }

  /** What that server said last. */
  public Optional<Long> of(JoinedHost host) {
    return Optional.ofNullable(numbers.get(host.key().fingerprint()));
  }

  /** Those that have not said that they have a bundle of that number or a later one. */
  public List<HostName> without(long number, Collection<JoinedHost> hosts) {
    return hosts.stream()
        .filter(host -> of(host).filter(told -> told >= number).isEmpty())
        .map(JoinedHost::name)
        .toList();
  }
}
