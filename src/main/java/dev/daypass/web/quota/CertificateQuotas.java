package dev.daypass.web.quota;

import java.time.Duration;

/**
 * How many certificates may be asked for (RELIABILITY, rate limits).
 *
 * @param identity by one identity
 * @param key for one public key
 * @param address from one address, or one IPv6 /64
 * @param together by all
 */
public record CertificateQuotas(Quota identity, Quota key, Quota address, Quota together) {
  public static final CertificateQuotas DEFAULT =
      new CertificateQuotas(perMinute(120), perMinute(60), perMinute(6_000), perMinute(60_000));

  private static Quota perMinute(int count) {
    return new Quota(count, Duration.ofMinutes(1));
  }
}
