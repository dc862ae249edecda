package dev.daypass.fleet;

import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.host.LabelSelector;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers that daypass knows, by name (DESIGN sections 5 and 8): those that joined, and those
 * of {@code hosts.known}. A server that joined counts by the labels that it has now; what
 * configuration says of the same name is passed over, and holds again when the server leaves.
 *
 * <p>Safe for any number of threads.
 */
public final class HostDirectory {
  private final SortedMap<HostName, Host> known;
  private final Map<HostName, Host> joined = new ConcurrentHashMap<>();

  private HostDirectory(SortedMap<HostName, Host> known) {
    this.known = Collections.unmodifiableSortedMap(known);
  }

  /**
   * The hosts that configuration names; nobody has joined yet. Refuses a name that stands twice:
   * which labels would count?
   */
  public static HostDirectory of(Collection<Host> hosts) {
    SortedMap<HostName, Host> byName = new TreeMap<>();
    for (Host host : hosts) {
      if (byName.put(host.name(), host) != null) {
        throw new IllegalArgumentException("host " + host.name() + " is known twice");
      }
    }
    return new HostDirectory(byName);
  }

  /** The hosts that configuration names, with their labels. */
  public static HostDirectory ofKnown(Map<String, Map<String, String>> known) {
    return of(
        known.entrySet().stream()
            .map(entry -> new Host(new HostName(entry.getKey()), entry.getValue()))
            .toList());
  }

  /** A server joined, or has other labels. */
  public void joined(Host host) {
    joined.put(host.name(), host);
  }

  /** A server left. */
  public void left(HostName name) {
    joined.remove(name);
  }

  /** The host of exactly that name. */
  public Optional<Host> find(HostName name) {
    Host host = joined.get(name);
    return Optional.ofNullable(host == null ? known.get(name) : host);
  }

  /** The hosts that carry the selector's labels, in the order of their names. */
  public List<Host> selectedBy(LabelSelector selector) {
    SortedMap<HostName, Host> all = new TreeMap<>(known);
    all.putAll(joined);
    return all.values().stream().filter(selector::selects).toList();
  }
}
