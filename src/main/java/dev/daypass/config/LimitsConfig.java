package dev.daypass.config;

import java.time.Duration;
import java.util.List;

/**
 * The key {@code limits} (RELIABILITY, "HTTP" and "Rate limits").
 *
 * @param trustedProxies networks (CIDR) whose {@code X-Forwarded-For} is believed
 * @param requestsPerAddress token bucket of each client address (an IPv6 /64 counts as one)
 * @param requestsPerIdentity token bucket of each identity that asks for certificates
 * @param deadline how long a request may take altogether
 * @param idle how long a connection may stay silent
 * @param certificateLifetime no certificate lives longer, whatever a role says
 */
public record LimitsConfig(
    List<String> trustedProxies,
    Rate requestsPerAddress,
    Rate requestsPerIdentity,
    int bodyBytes,
    int headerBytes,
    int connections,
    int connectionsPerAddress,
    Duration deadline,
    Duration idle,
    Duration certificateLifetime) {

  /** What holds where the file says nothing. */
  public static final LimitsConfig DEFAULTS =
      new LimitsConfig(
          List.of(),
          new Rate(100, Duration.ofSeconds(1)),
          new Rate(20, Duration.ofSeconds(1)),
          64 * 1024,
          8 * 1024,
          2_000,
          200,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofHours(24));

  public LimitsConfig {
    trustedProxies = List.copyOf(trustedProxies);
  }
}
