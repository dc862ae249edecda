package dev.daypass.oidc.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** One public key of an identity provider, ready to verify. */
public final class VerificationKey {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;
  private static final int ED25519_KEY_BYTES = 32;

  /** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410 section 4). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Optional<String> keyId;
  private final Optional<SignatureAlgorithm> onlyFor;
  private final String shape;
  private final SignatureCheck check;
  private final VerifiedSignatures verified = new VerifiedSignatures();

  /** One way of checking a signature with one key. */
  private interface SignatureCheck {
    boolean passes(SignatureAlgorithm algorithm, byte[] message, Base64URL signature)
        throws GeneralSecurityException, JOSEException;
  }

  private VerificationKey(JWK jwk, String shape, SignatureCheck check) {
    this.keyId = Optional.ofNullable(jwk.getKeyID());
    this.onlyFor =
        Optional.ofNullable(jwk.getAlgorithm()).flatMap(a -> SignatureAlgorithm.named(a.getName()));
    this.shape = shape;
    this.check = check;
  }

  /**
   * @throws JoseFormatException if the key is too weak, too large, malformed, or of no kind of ours
   */
  static VerificationKey of(JWK jwk) throws JoseFormatException {
    try {
      return switch (jwk) {
        case RSAKey rsa -> new VerificationKey(jwk, "RSA", rsaCheck(rsa.toRSAPublicKey()));
        case ECKey ec ->
            new VerificationKey(jwk, ec.getCurve().getName(), ecdsaCheck(ec.toECPublicKey()));
        case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) ->
            new VerificationKey(jwk, "Ed25519", ed25519Check(pair.getDecodedX()));
        default -> throw new JoseFormatException("a key type that is not used", 0);
      };
    } catch (JOSEException | InvalidKeySpecException e) {
      throw new JoseFormatException("no valid public key", 0);
    }
  }

  Optional<String> keyId() {
    return keyId;
  }

  /** RFC 8725 section 3.1: a key serves one algorithm, or those of its shape if it names none. */
  boolean fits(SignatureAlgorithm algorithm) {
    return shape.equals(algorithm.keyShape())
        && (onlyFor.isEmpty() || onlyFor.get() == algorithm || shape.equals("Ed25519"));
  }

  boolean verifies(SignatureAlgorithm algorithm, byte[] message, Base64URL signature) {
    if (!fits(algorithm)) {
      return false;
    }
    byte[] identity = VerifiedSignatures.identity(algorithm, message, signature.toString());
    if (verified.contains(identity)) {
      return true;
    }
    try {
      boolean good = check.passes(algorithm, message, signature);
      if (good) {
        verified.add(identity);
      }
      return good;
    } catch (GeneralSecurityException | JOSEException | RuntimeException e) {
      // A verifier's failure never means "allowed".
      return false;
    }
  }

  private static SignatureCheck rsaCheck(RSAPublicKey key)
      throws JoseFormatException, InvalidKeySpecException {
    int bits = key.getModulus().bitLength();
    if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
      throw new JoseFormatException("an RSA key of " + bits + " bits", 0);
    }
    BigInteger exponent = key.getPublicExponent();
    if (!exponent.testBit(0) || exponent.bitLength() < 2 || exponent.bitLength() > Long.SIZE) {
      throw new JoseFormatException("an RSA key with an unfit exponent", 0);
    }
    return nimbus(new RSASSAVerifier((RSAPublicKey) JoseProviders.own(key)));
  }

  private static SignatureCheck ecdsaCheck(ECPublicKey key)
      throws JOSEException, InvalidKeySpecException {
    return nimbus(new ECDSAVerifier((ECPublicKey) JoseProviders.own(key)));
  }

  private static SignatureCheck nimbus(JWSVerifier verifier) {
    verifier.getJCAContext().setProvider(JoseProviders.VERIFYING);
    return (algorithm, message, signature) ->
        verifier.verify(
            new JWSHeader(JWSAlgorithm.parse(algorithm.wireName())), message, signature);
  }

  /** By hand: Nimbus verifies Ed25519 with a library (Tink) that is not here. */
  private static SignatureCheck ed25519Check(byte[] key)
      throws JoseFormatException, InvalidKeySpecException {
    if (key.length != ED25519_KEY_BYTES) {
      throw new JoseFormatException("an Ed25519 key of " + key.length + " bytes", 0);
    }
    byte[] info = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + key.length);
    System.arraycopy(key, 0, info, ED25519_PREFIX.length, key.length);
    PublicKey publicKey = JoseProviders.decoded("Ed25519", info);
    return (_, message, signature) -> {
      Signature verifier = Signature.getInstance("Ed25519", JoseProviders.VERIFYING);
      verifier.initVerify(publicKey);
      verifier.update(message);
      return verifier.verify(signature.decode());
    };
  }
}
