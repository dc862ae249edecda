package dev.daypass.fleet.host;

import dev.daypass.fleet.ServerMode;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.Map;

/**
 * A server that joined.
 *
 * @param name exact, and fixed at join
 * @param key its SSH host key, by which it is known from then on
 * @param joined its {@code host.joined}
 * @param changed the newest entry about it; the same until it changes
 */
public record JoinedHost(
    HostName name,
    Map<String, String> labels,
    SshPublicKey key,
    ServerMode mode,
    Instant joinedAt,
    EntryNumber joined,
    EntryNumber changed) {
  public JoinedHost {
    labels = Map.copyOf(labels);
  }

  /** What entries about it, and by it, are found by. */
  public SearchKeys searchKeys() {
    return HostEntries.keys(name, key.fingerprint());
  }

  /** As policy sees it. */
  public Host host() {
    return new Host(name, labels);
  }
}
