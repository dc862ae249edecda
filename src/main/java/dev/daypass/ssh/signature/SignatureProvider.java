package dev.daypass.ssh.signature;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.daypass.ssh.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The code that signs and verifies: Amazon Corretto Crypto Provider where its native library loads,
 * Bouncy Castle elsewhere, never the JDK's Ed25519, which is about fifty times slower.
 *
 * <p>A fresh {@link Signature} for each operation costs a microsecond and needs no lock; neither
 * provider is installed for the whole process.
 */
final class SignatureProvider {
  private static final SignatureProvider BOUNCY_CASTLE =
      new SignatureProvider(new BouncyCastleProvider(), false);
  private static final SignatureProvider PLATFORM_RSA =
      new SignatureProvider(Security.getProvider("SunRsaSign"), false);
  private static final SignatureProvider FASTEST = choose();

  private final Provider provider;
  private final boolean isNative;

  private SignatureProvider(Provider provider, boolean isNative) {
    this.provider = provider;
    this.isNative = isNative;
  }

  static SignatureProvider fastest() {
    return FASTEST;
  }

  static SignatureProvider bouncyCastle() {
    return BOUNCY_CASTLE;
  }

  /** The JDK's own RSA: for verifying keys that the others do not take, or take slowly. */
  static SignatureProvider platformRsa() {
    return PLATFORM_RSA;
  }

  String description() {
    return provider.getName() + " " + provider.getVersionStr();
  }

  /** What it costs that this one signs, as measured on x86_64; empty for the native one. */
  Optional<String> cost() {
    return isNative
        ? Optional.empty()
        : Optional.of(
            "the native cryptographic provider does not load here, so %s signs: Ed25519 takes three"
                    .formatted(description())
                + " times as long, P-256 twenty times");
  }

  boolean isNative() {
    return isNative;
  }

  /**
   * ACCP brings a factory for Edwards keys only if the system property {@code
   * com.amazon.corretto.crypto.provider.registerEdKeyFactory} says so, as our launcher does.
   * Without it, it takes the JDK's key objects, and translates them at each use.
   */
  KeyFactory keyFactory(String algorithm) throws NoSuchAlgorithmException {
    return provider.getService("KeyFactory", algorithm) == null
        ? KeyFactory.getInstance(algorithm)
        : KeyFactory.getInstance(algorithm, provider);
  }

  KeyPairGenerator keyPairGenerator(String algorithm) throws NoSuchAlgorithmException {
    return KeyPairGenerator.getInstance(algorithm, provider);
  }

  byte[] sign(SignatureScheme scheme, PrivateKey key, Bytes message)
      throws GeneralSecurityException {
    Signature signature = signature(scheme);
    try {
      signature.initSign(key);
      signature.update(message.toArray());
      return signature.sign();
    } catch (RuntimeException e) {
      throw unsound(e);
    }
  }

  boolean verify(SignatureScheme scheme, PublicKey key, Bytes message, byte[] signed)
      throws GeneralSecurityException {
    Signature signature = signature(scheme);
    try {
      signature.initVerify(key);
      signature.update(message.toArray());
      return signature.verify(signed);
    } catch (RuntimeException e) {
      throw unsound(e);
    }
  }

  /**
   * Providers report keys and signatures that make no sense by unchecked exceptions of their own.
   */
  private static GeneralSecurityException unsound(RuntimeException e) {
    return new GeneralSecurityException("the provider refuses the key or signature", e);
  }

  private Signature signature(SignatureScheme scheme) throws NoSuchAlgorithmException {
    String name = isNative ? scheme.standardName() : scheme.bouncyCastleName();
    return Signature.getInstance(name, provider);
  }

  private static SignatureProvider choose() {
    Provider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
    boolean loaded = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null;
    return loaded ? new SignatureProvider(corretto, true) : BOUNCY_CASTLE;
  }
}
