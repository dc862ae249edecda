package dev.daypass.oidc.jose;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The JWS algorithms that daypass can be told to accept (RFC 7518 section 3.1, RFC 8037, RFC 9864).
 * Symmetric algorithms and {@code none} have no constant, so that no list can name them.
 */
public enum SignatureAlgorithm {
  RS256("RS256", "RSA"),
  RS384("RS384", "RSA"),
  RS512("RS512", "RSA"),
  PS256("PS256", "RSA"),
  PS384("PS384", "RSA"),
  PS512("PS512", "RSA"),
  ES256("ES256", "P-256"),
  ES384("ES384", "P-384"),
  ES512("ES512", "P-521"),
  EDDSA("EdDSA", "Ed25519"),
  ED25519("Ed25519", "Ed25519");

  /** What is accepted of an identity provider that does not say otherwise. */
  public static final Set<SignatureAlgorithm> DEFAULTS =
      Set.of(RS256, PS256, ES256, ES384, EDDSA, ED25519);

  private final String wireName;
  private final String keyShape;

  SignatureAlgorithm(String wireName, String keyShape) {
    this.wireName = wireName;
    this.keyShape = keyShape;
  }

  /** The algorithm of that exact name in the {@code alg} header, if it is one of ours. */
  public static Optional<SignatureAlgorithm> named(String wireName) {
    return Arrays.stream(values()).filter(a -> a.wireName.equals(wireName)).findFirst();
  }

  /** The value of the {@code alg} header. */
  public String wireName() {
    return wireName;
  }

  /** {@code RSA}, or the one curve whose keys make this signature. */
  String keyShape() {
    return keyShape;
  }
}
