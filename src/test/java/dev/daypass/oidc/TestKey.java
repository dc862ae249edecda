package dev.daypass.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A provider's signing key in tests. Header and payload are text, so that a test can write what no
 * library would.
 */
public record TestKey(String algorithm, JWK jwk) {

  /** A fresh RSA key of 2048 bits for RS256. */
  public static TestKey rsa(String keyId) {
    return rsa(keyId, 2048, "RS256");
  }

  /** A fresh RSA key. */
  public static TestKey rsa(String keyId, int bits, String algorithm) {
    try {
      return new TestKey(
          algorithm,
          new RSAKeyGenerator(bits, true).keyID(keyId).keyUse(KeyUse.SIGNATURE).generate());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** A fresh key on a NIST curve. */
  public static TestKey ecdsa(String keyId, String algorithm) {
    Curve curve = Curve.forJWSAlgorithm(JWSAlgorithm.parse(algorithm)).iterator().next();
    try {
      return new TestKey(
          algorithm, new ECKeyGenerator(curve).keyID(keyId).keyUse(KeyUse.SIGNATURE).generate());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The usual header: algorithm, key ID and {@code typ: JWT}. */
  public String header() {
    return "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm, jwk.getKeyID());
  }

  /** A token with the usual header. */
  public String token(String payload) {
    return token(header(), payload);
  }

  /** A token signed with this key's own algorithm, whatever its header says. */
  public String token(String header, String payload) {
    return signed(encoded(header) + "." + encoded(payload));
  }

  /** Appends a signature over what is given. */
  public String signed(String signingInput) {
    try {
      JWSSigner signer =
          jwk instanceof RSAKey rsa
              ? new RSASSASigner(rsa, Set.of(AllowWeakRSAKey.getInstance()))
              : new ECDSASigner((ECKey) jwk);
      Base64URL signature =
          signer.sign(
              new JWSHeader(JWSAlgorithm.parse(algorithm)),
              signingInput.getBytes(StandardCharsets.US_ASCII));
      return signingInput + "." + signature;
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The modulus of an RSA key, as a JWK has it. */
  public String modulus() {
    return ((RSAKey) jwk).getModulus().toString();
  }

  /** The public key as a provider publishes it. */
  public String published() {
    return jwk.toPublicJWK().toJSONString();
  }

  /** Text as base64url. */
  public static String encoded(String text) {
    return Base64URL.encode(text).toString();
  }
}
