package dev.daypass.config;

import dev.daypass.policy.host.Host;
import java.util.List;

/**
 * The key {@code hosts}.
 *
 * @param patterns host patterns of the client's {@code Match host} blocks
 * @param known servers that did not join, with their labels
 */
public record HostsConfig(List<String> patterns, List<Host> known) {

  public HostsConfig {
    patterns = List.copyOf(patterns);
    known = List.copyOf(known);
  }
}
