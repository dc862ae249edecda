package dev.daypass.cert.lint;

import java.time.Duration;

/**
 * What a CA allows its certificates beyond the format's own rules.
 *
 * @param maxLifetime from valid after to valid before, backdating included
 * @param maxPrincipals at most 256, which is sshd's own limit
 * @param minRsaBits of the certified key
 */
public record LintLimits(LintStage stage, Duration maxLifetime, int maxPrincipals, int minRsaBits) {
  private static final int DEFAULT_PRINCIPALS = 32;
  private static final int DEFAULT_RSA_BITS = 2048;
  private static final int SSHD_PRINCIPALS = 256;

  public LintLimits {
    if (!maxLifetime.isPositive()) {
      throw new IllegalArgumentException("a lifetime is positive");
    }
    if (maxPrincipals < 1 || maxPrincipals > SSHD_PRINCIPALS) {
      throw new IllegalArgumentException("1 to 256 principals");
    }
  }

  public static LintLimits draft(Duration maxLifetime) {
    return new LintLimits(LintStage.DRAFT, maxLifetime, DEFAULT_PRINCIPALS, DEFAULT_RSA_BITS);
  }

  public static LintLimits complete(Duration maxLifetime) {
    return new LintLimits(LintStage.COMPLETE, maxLifetime, DEFAULT_PRINCIPALS, DEFAULT_RSA_BITS);
  }
}
