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

/** The servers that daypass knows, by name (DESIGN sections 5 and 8, {@code hosts.known}). */
public final class HostDirectory {
  private final SortedMap<HostName, Host> hosts;

  private HostDirectory(SortedMap<HostName, Host> hosts) {
    this.hosts = Collections.unmodifiableSortedMap(hosts);
  }

  /** Refuses a name that stands twice: which labels would count? */
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

  /** The host of exactly that name. */
  public Optional<Host> find(HostName name) {
    return Optional.ofNullable(hosts.get(name));
  }

  /** The hosts that carry the selector's labels, in the order of their names. */
  public List<Host> selectedBy(LabelSelector selector) {
    return hosts.values().stream().filter(selector::selects).toList();
  }
}
