package dev.daypass.policy.role;

import dev.daypass.policy.refusal.Reasons;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import java.util.List;
import java.util.Set;

/**
 * Which keys a role certifies (DESIGN section 5, {@code keys}; CASES 25 and 36).
 *
 * @param types the accepted types, whatever their size
 * @param minRsaBits the smallest modulus; counts only if RSA is among the types
 * @param verifyRequired whether the certificate demands user verification (PIN or biometrics)
 */
public record KeyRule(Set<SshKeyType> types, int minRsaBits, boolean verifyRequired) {

  public static final int DEFAULT_RSA_BITS = 3072;

  /** Every type, RSA from 3072 bits: what a role means that says nothing. */
  public static final KeyRule ANY =
      new KeyRule(Set.of(SshKeyType.values()), DEFAULT_RSA_BITS, false);

  public KeyRule {
    types = Set.copyOf(types);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("no key type");
    }
  }

  /** Adds what speaks against this key. */
  public void check(SshPublicKey key, Reasons reasons) {
    if (verifyRequired && !key.type().isSecurityKey()) {
      reasons.add(
          RefusalCode.SECURITY_KEY_REQUIRED,
          "This role demands user verification, which only a FIDO key can give.",
          "Use a key made by ssh-keygen -t ed25519-sk -O verify-required.");
    } else if (!types.contains(key.type())
        || (key.type() == SshKeyType.RSA && key.bits() < minRsaBits)) {
      reasons.add(
          RefusalCode.KEY_TYPE_NOT_ALLOWED,
          "This role does not take keys of type " + key.policyName() + ".",
          "Use a key of one of these types: " + String.join(", ", typeNames()) + ".");
    }
  }

  /** The accepted types as policy names them. */
  public List<String> typeNames() {
    return types.stream().sorted().map(type -> type.policyName(minRsaBits)).toList();
  }
}
