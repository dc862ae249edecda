package dev.daypass.config;

import dev.daypass.policy.address.Cidr;
import java.time.Duration;
import java.util.List;

/**
 * The key {@code limits} (RELIABILITY, "HTTP" and "Rate limits"). Sizes of requests are not
 * configured: 64 KiB of body, 8 KiB of header.
 *
 * @param trustedProxies networks whose {@code X-Forwarded-For} is believed
 * @param connections open connections of all clients together
 * @param connectionsPerAddress of one client address (an IPv6 /64 counts as one)
 * @param requestsInFlight requests being worked on; more are turned away at once
 * @param failures unauthenticated failures of one client address before it has to wait
 * @param certificates how many may be asked for
 * @param idle after which a silent connection is closed
 * @param receive within which a request's head, and then its body, must have arrived
 * @param deadline within which a request must have been answered
 * @param certificateLifetime no user certificate lives longer, whatever a role says
 * @param hostCertificateLifetime no host certificate lives longer
 */
public record LimitsConfig(
    List<Cidr> trustedProxies,
    int connections,
    int connectionsPerAddress,
    int requestsInFlight,
    Rate failures,
    CertificateRatesConfig certificates,
    Duration idle,
    Duration receive,
    Duration deadline,
    Duration certificateLifetime,
    Duration hostCertificateLifetime) {

  /** What holds where the file says nothing. */
  public static final LimitsConfig DEFAULTS =
      new LimitsConfig(
          List.of(),
          8192,
          256,
          2048,
          new Rate(120, Duration.ofMinutes(1)),
          CertificateRatesConfig.DEFAULTS,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofHours(24),
          Duration.ofDays(30));

  public LimitsConfig {
    trustedProxies = List.copyOf(trustedProxies);
  }
}
