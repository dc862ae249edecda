package dev.daypass.config;

import java.time.Duration;

/**
 * The key {@code limits.certificates}: how many may be asked for (RELIABILITY, rate limits).
 *
 * @param perIdentity by one identity
 * @param perKey for one public key
 * @param perAddress from one client address; an IPv6 /64 counts as one
 * @param together by everybody
 */
public record CertificateRatesConfig(
    Rate perIdentity, Rate perKey, Rate perAddress, Rate together) {
  /** What holds where the file says nothing. */
  public static final CertificateRatesConfig DEFAULTS =
      new CertificateRatesConfig(
          perMinute(120), perMinute(60), perMinute(6_000), perMinute(60_000));

  private static Rate perMinute(int count) {
    return new Rate(count, Duration.ofMinutes(1));
  }
}
