package dev.daypass.oidc.jose;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Who verifies: Amazon Corretto Crypto Provider where its library loads (RS256 in 26 microseconds,
 * FACTS "Signing"), else Bouncy Castle. Neither is registered with the JVM.
 */
final class JoseProviders {
  static final Provider VERIFYING = verifying();

  private JoseProviders() {}

  /** The same key as the verifying provider's own object, so that no check translates it again. */
  static PublicKey own(PublicKey key) throws InvalidKeySpecException {
    String algorithm = key instanceof RSAPublicKey ? "RSA" : "EC";
    return decoded(algorithm, key.getEncoded());
  }

  /** Decodes a SubjectPublicKeyInfo (RFC 5280 section 4.1). */
  static PublicKey decoded(String algorithm, byte[] subjectPublicKeyInfo)
      throws InvalidKeySpecException {
    try {
      return factory(algorithm).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("nobody knows " + algorithm, e);
    }
  }

  /** Corretto verifies Ed25519 and has no factory for its keys: it takes the JDK's. */
  private static KeyFactory factory(String algorithm) throws NoSuchAlgorithmException {
    return VERIFYING.getService("KeyFactory", algorithm) == null
        ? KeyFactory.getInstance(algorithm)
        : KeyFactory.getInstance(algorithm, VERIFYING);
  }

  private static Provider verifying() {
    return corretto().orElseGet(BouncyCastleProvider::new);
  }

  private static Optional<Provider> corretto() {
    try {
      AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
      return provider.getLoadingError() == null ? Optional.of(provider) : Optional.empty();
    } catch (LinkageError e) {
      // No native library for this machine.
      return Optional.empty();
    }
  }
}
