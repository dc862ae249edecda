package dev.daypass.web;

import dev.daypass.web.quota.CertificateQuotas;
import dev.daypass.web.quota.Quota;
import java.time.Duration;

/**
 * What one client may use of the server (RELIABILITY, hardening checklist and R12, R14).
 *
 * @param maxConnections open connections of all clients together
 * @param maxConnectionsPerAddress open connections of one address, or of one IPv6 /64; addresses of
 *     trusted proxies and loopback are not counted
 * @param maxRequestsInFlight requests being worked on; more are answered 503 at once
 * @param idleTimeout after which a silent connection is closed
 * @param receiveTimeout within which a request's head, and then its body, must have arrived
 * @param requestDeadline within which a request must have been answered
 * @param failures unauthenticated ones of one address, before it has to wait
 * @param certificates how many may be asked for
 */
public record WebLimits(
    int maxConnections,
    int maxConnectionsPerAddress,
    int maxRequestsInFlight,
    Duration idleTimeout,
    Duration receiveTimeout,
    Duration requestDeadline,
    Quota failures,
    CertificateQuotas certificates) {

  /** Request line and header fields together, RELIABILITY's checklist. */
  static final int MAX_HEADER_BYTES = 8 * 1024;

  static final int MAX_TARGET_BYTES = 2 * 1024;

  /**
   * The way back from a sign-in: a code has the size that its provider likes (RFC 6749 section
   * 4.1.2), and those of Entra ID are seen with more than 2300 characters.
   */
  static final int MAX_CALLBACK_BYTES = 6 * 1024;

  public static final WebLimits DEFAULT =
      new WebLimits(
          4096,
          256,
          2048,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          new Quota(120, Duration.ofMinutes(1)),
          CertificateQuotas.DEFAULT);

  public WebLimits {
    if (maxConnections < 1 || maxConnectionsPerAddress < 1 || maxRequestsInFlight < 1) {
      throw new IllegalArgumentException("a limit below 1 serves nobody");
    }
  }
}
