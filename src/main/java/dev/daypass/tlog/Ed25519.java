package dev.daypass.tlog;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Verification of RFC 8032 signatures by a native provider where it loads, Bouncy Castle else. */
final class Ed25519 {
  static final int PUBLIC_KEY_BYTES = 32;
  static final int SIGNATURE_BYTES = 64;

  // RFC 8410 section 4: SubjectPublicKeyInfo up to the 32 bytes of the key.
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  // The JDK's own Ed25519 takes some 20 times as long.
  private static final Provider PROVIDER =
      AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null
          ? AmazonCorrettoCryptoProvider.INSTANCE
          : new BouncyCastleProvider();

  private Ed25519() {}

  /** False for whatever is not a good signature, malformed keys and signatures included. */
  static boolean verifies(Opaque publicKey, byte[] message, byte[] signature) {
    return verifies(PROVIDER, publicKey, message, signature);
  }

  static boolean verifies(Provider provider, Opaque publicKey, byte[] message, byte[] signature) {
    if (publicKey.size() != PUBLIC_KEY_BYTES || signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("Ed25519", provider);
      verifier.initVerify(key(provider, StrictText.concat(SPKI_PREFIX, publicKey.toArray())));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (InvalidKeyException | InvalidKeySpecException | SignatureException _) {
      return false;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(provider.getName() + " lacks Ed25519", e);
    }
  }

  // Bouncy Castle takes only its own keys; Corretto's provider has no key factory for Ed25519 but
  // takes any key that says its encoding.
  private static PublicKey key(Provider provider, byte[] spki)
      throws NoSuchAlgorithmException, InvalidKeySpecException {
    return provider.getService("KeyFactory", "Ed25519") == null
        ? new EncodedKey(spki)
        : KeyFactory.getInstance("Ed25519", provider).generatePublic(new X509EncodedKeySpec(spki));
  }

  private static final class EncodedKey implements PublicKey {
    private static final long serialVersionUID = 1;

    private final byte[] spki;

    EncodedKey(byte[] spki) {
      this.spki = spki;
    }

    @Override
    public String getAlgorithm() {
      return "EdDSA";
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return spki.clone();
    }
  }
}
