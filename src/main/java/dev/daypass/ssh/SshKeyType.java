package dev.daypass.ssh;

import java.util.Optional;
import java.util.Set;

/**
 * The public key algorithms that daypass knows, by their names on the wire (RFC 4253 section 6.6,
 * RFC 5656 section 6.1, RFC 8709 section 4, PROTOCOL.u2f). DSA is not among them.
 */
public enum SshKeyType {
  RSA("ssh-rsa", "ssh-rsa-cert-v01@openssh.com", "rsa"),
  ECDSA_P256("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-p256"),
  ECDSA_P384("ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384-cert-v01@openssh.com", "ecdsa-p384"),
  ECDSA_P521("ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521-cert-v01@openssh.com", "ecdsa-p521"),
  ED25519("ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com", "ed25519"),
  SK_ECDSA_P256(
      "sk-ecdsa-sha2-nistp256@openssh.com",
      "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
      "sk-ecdsa-p256"),
  SK_ED25519("sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519-cert-v01@openssh.com", "sk-ed25519");

  private static final Set<String> RSA_ALGORITHMS = Set.of("rsa-sha2-512", "rsa-sha2-256");

  private final String wireName;
  private final String certificateName;
  private final String policyName;

  SshKeyType(String wireName, String certificateName, String policyName) {
    this.wireName = wireName;
    this.certificateName = certificateName;
    this.policyName = policyName;
  }

  /** The name that a plain key's blob and line begin with. */
  public String wireName() {
    return wireName;
  }

  /**
   * The name that a certificate's blob and line begin with (PROTOCOL.certkeys); the draft renames
   * it.
   */
  public String certificateName() {
    return certificateName;
  }

  /** Whether the private key lives in a FIDO authenticator. */
  public boolean isSecurityKey() {
    return this == SK_ECDSA_P256 || this == SK_ED25519;
  }

  /** The name in a role's {@code keys}: {@code ed25519}, {@code rsa-3072}; bits count for RSA. */
  public String policyName(int bits) {
    return this == RSA ? policyName + "-" + bits : policyName;
  }

  /** The algorithms by which such a key may sign: RSA with SHA-2 only (RFC 8332 section 3). */
  public Set<String> signatureAlgorithms() {
    return this == RSA ? RSA_ALGORITHMS : Set.of(wireName);
  }

  public static Optional<SshKeyType> ofWireName(String name) {
    for (SshKeyType type : values()) {
      if (type.wireName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  public static Optional<SshKeyType> ofCertificateName(String name) {
    for (SshKeyType type : values()) {
      if (type.certificateName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
