package dev.daypass.fleet.host;

import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Bytes;
import java.time.Instant;
import java.util.Map;

/**
 * What is kept of a join token; never the token.
 *
 * @param sha256 of the whole word
 * @param madeBy the operator
 * @param used whether a host has joined with it
 */
public record StoredToken(
    Bytes sha256,
    HostName name,
    Map<String, String> labels,
    Instant validUntil,
    String madeBy,
    boolean used) {
  public StoredToken {
    labels = Map.copyOf(labels);
  }
}
