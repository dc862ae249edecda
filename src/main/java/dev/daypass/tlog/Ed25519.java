package dev.daypass.tlog;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Verification of RFC 8032 signatures by a native provider where it loads, Bouncy Castle else. */
final class Ed25519 {
  static final int PUBLIC_KEY_BYTES = 32;
  static final int SIGNATURE_BYTES = 64;

  // RFC 8410 section 4: SubjectPublicKeyInfo up to the 32 bytes of the key.
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  // The JDK's own Ed25519 takes some 50 times as long.
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
    byte[] spki = StrictText.concat(SPKI_PREFIX, publicKey.toArray());
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519", provider).generatePublic(new X509EncodedKeySpec(spki));
      Signature verifier = Signature.getInstance("Ed25519", provider);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
