package dev.daypass.policy;

import dev.daypass.ssh.SshKeyType;
import java.util.Set;

/**
 * Which keys a role certifies (DESIGN section 5, {@code keys}; CASES 25 and 36).
 *
 * @param types the accepted types other than RSA's bound
 * @param minRsaBits the smallest modulus; counts only if RSA is among the types
 * @param verifyRequired whether the certificate demands user verification (PIN or biometrics)
 */
public record KeyRule(Set<SshKeyType> types, int minRsaBits, boolean verifyRequired) {

  static final int DEFAULT_RSA_BITS = 3072;

  /** Every type, RSA from 3072 bits: what a role means that says nothing. */
  public static final KeyRule ANY =
      new KeyRule(Set.of(SshKeyType.values()), DEFAULT_RSA_BITS, false);

  public KeyRule {
    types = Set.copyOf(types);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("no key type");
    }
  }
}
