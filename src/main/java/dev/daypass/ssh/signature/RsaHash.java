package dev.daypass.ssh.signature;

import java.util.Optional;

/** The hashes by which an RSA key may sign (RFC 8332 section 3); SHA-1 is not among them. */
public enum RsaHash {
  SHA512("rsa-sha2-512", SignatureScheme.RSA_SHA512),
  SHA256("rsa-sha2-256", SignatureScheme.RSA_SHA256);

  private final String algorithm;
  private final SignatureScheme scheme;

  RsaHash(String algorithm, SignatureScheme scheme) {
    this.algorithm = algorithm;
    this.scheme = scheme;
  }

  /** The label on the wire's signature. */
  public String algorithm() {
    return algorithm;
  }

  SignatureScheme scheme() {
    return scheme;
  }

  /** The hash of that label, if it is one of these. */
  public static Optional<RsaHash> ofAlgorithm(String algorithm) {
    for (RsaHash hash : values()) {
      if (hash.algorithm.equals(algorithm)) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }
}
