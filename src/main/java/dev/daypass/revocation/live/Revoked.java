package dev.daypass.revocation.live;

import dev.daypass.policy.host.HostName;
import dev.daypass.revocation.Target;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What does not count any more: serials until they expire; keys, servers and CA keys for good.
 * Guarded by itself.
 */
final class Revoked {
  private final Set<EntryNumber> serials = new TreeSet<>();
  private final Set<Fingerprint> keys = new HashSet<>();
  private final Set<Fingerprint> caKeys = new HashSet<>();
  private final Set<HostName> hosts = new HashSet<>();

  /** Counts what was added, so that whoever publishes sees that there is something new. */
  private long changes;

  synchronized void add(Target target) {
    boolean added =
        switch (target) {
          case Target.OfKey(var key) -> keys.add(key);
          case Target.OfHost(var host) -> hosts.add(host);
          case Target.OfCaKey(var key) -> caKeys.add(key);
          case Target.OfSerial _,
              Target.OfUser _,
              Target.OfRole _,
              Target.OfLogin _,
              Target.OfWindow _ ->
              false;
        };
    changes += added ? 1 : 0;
  }

  synchronized void add(Collection<EntryNumber> more) {
    changes += serials.addAll(more) ? 1 : 0;
  }

  /** These have expired: servers refuse them anyway. */
  synchronized void forget(Collection<EntryNumber> expired) {
    serials.removeAll(expired);
  }

  synchronized boolean hasSerial(EntryNumber serial) {
    return serials.contains(serial);
  }

  synchronized boolean hasKey(Fingerprint key) {
    return keys.contains(key);
  }

  synchronized boolean hasHost(HostName host) {
    return hosts.contains(host);
  }

  synchronized boolean hasCaKey(Fingerprint key) {
    return caKeys.contains(key);
  }

  synchronized long changes() {
    return changes;
  }

  synchronized Snapshot snapshot() {
    List<Fingerprint> plain = new ArrayList<>(keys);
    plain.addAll(caKeys);
    return new Snapshot(changes, List.copyOf(serials), List.copyOf(plain));
  }

  /**
   * All of it at one moment.
   *
   * @param keys certified keys and CA keys alike: a list names both by their fingerprints
   */
  record Snapshot(long changes, List<EntryNumber> serials, List<Fingerprint> keys) {}
}
