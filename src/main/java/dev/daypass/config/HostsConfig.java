package dev.daypass.config;

import java.util.List;
import java.util.Map;

/**
 * The key {@code hosts}.
 *
 * @param patterns host patterns of the client's {@code Match host} blocks
 * @param known labels of servers that did not join, by their lower-case DNS name
 */
public record HostsConfig(List<String> patterns, Map<String, Map<String, String>> known) {

  public HostsConfig {
    patterns = List.copyOf(patterns);
    known = Map.copyOf(known);
  }
}
