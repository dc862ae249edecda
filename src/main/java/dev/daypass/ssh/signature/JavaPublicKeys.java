package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.EcdsaPublicKey;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.NistCurve;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SkEcdsaPublicKey;
import dev.daypass.ssh.SkEd25519PublicKey;
import dev.daypass.ssh.SshPublicKey;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Our public keys as the objects that a provider verifies with. */
final class JavaPublicKeys {
  /** SubjectPublicKeyInfo of RFC 8410 section 4, up to the 32 bytes of the point. */
  private static final Bytes ED25519_PREFIX = Bytes.ofHex("302a300506032b6570032100");

  private JavaPublicKeys() {}

  static PublicKey of(SshPublicKey key, SignatureProvider provider)
      throws GeneralSecurityException {
    return switch (key) {
      case RsaPublicKey rsa ->
          provider
              .keyFactory("RSA")
              .generatePublic(new RSAPublicKeySpec(rsa.modulus(), rsa.exponent()));
      case EcdsaPublicKey ecdsa -> onCurve(NistCurve.of(ecdsa.type()), ecdsa.point(), provider);
      case SkEcdsaPublicKey sk -> onCurve(NistCurve.P256, sk.point(), provider);
      case Ed25519PublicKey ed25519 -> edwards(ed25519.point(), provider);
      case SkEd25519PublicKey sk -> edwards(sk.point(), provider);
    };
  }

  private static PublicKey onCurve(NistCurve curve, Bytes point, SignatureProvider provider)
      throws GeneralSecurityException {
    Bytes encoded = curve.subjectPublicKeyInfo(point);
    return provider.keyFactory("EC").generatePublic(new X509EncodedKeySpec(encoded.toArray()));
  }

  private static PublicKey edwards(Bytes point, SignatureProvider provider)
      throws GeneralSecurityException {
    Bytes encoded = ED25519_PREFIX.concat(point);
    return provider.keyFactory("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toArray()));
  }
}
