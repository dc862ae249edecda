package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.EcdsaPublicKey;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.NistCurve;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SkEcdsaPublicKey;
import dev.daypass.ssh.SkEd25519PublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.security.GeneralSecurityException;

/** Verifies signatures as RFC 4253 section 6.6 and PROTOCOL.u2f write them. Never throws. */
public final class SignatureVerifier {
  private static final SignatureVerifier FASTEST =
      new SignatureVerifier(SignatureProvider.fastest());

  /** What OpenSSH gives a security key unless told otherwise, and the only one daypass takes. */
  private static final String SSH_APPLICATION = "ssh:";

  /** AWS-LC takes RSA exponents of up to 33 bits and moduli of up to 8192. */
  private static final int NATIVE_EXPONENT_BITS = 33;

  private static final int NATIVE_MODULUS_BITS = 8192;
  private static final int ED25519_BYTES = 64;

  private final SignatureProvider provider;

  SignatureVerifier(SignatureProvider provider) {
    this.provider = provider;
  }

  /** Whether the signature is this key's over the message; RSA with SHA-2 only. */
  public static boolean verify(SshPublicKey key, Bytes message, SshSignature signature) {
    return FASTEST.accepts(key, message, signature);
  }

  /**
   * As {@link #verify}; a security key's signature must also say that somebody touched it, and its
   * application must be {@code ssh:}.
   */
  public static boolean verifyPresent(SshPublicKey key, Bytes message, SshSignature signature) {
    boolean present =
        switch (key) {
          case SkEcdsaPublicKey sk -> touched(sk.application(), signature);
          case SkEd25519PublicKey sk -> touched(sk.application(), signature);
          case RsaPublicKey _, EcdsaPublicKey _, Ed25519PublicKey _ -> true;
        };
    return present && verify(key, message, signature);
  }

  boolean accepts(SshPublicKey key, Bytes message, SshSignature signature) {
    if (!key.type().signatureAlgorithms().contains(signature.algorithm())
        || key.type().isSecurityKey() == signature.trailer().isEmpty()) {
      return false;
    }
    try {
      return switch (key) {
        case RsaPublicKey rsa -> rsa(rsa, message, signature);
        case EcdsaPublicKey ecdsa ->
            ecdsa(NistCurve.of(ecdsa.type()), ecdsa, message, signature.blob());
        case Ed25519PublicKey _ -> ed25519(key, message, signature.blob());
        case SkEcdsaPublicKey sk ->
            ecdsa(
                NistCurve.P256,
                sk,
                asserted(sk.application(), message, signature),
                signature.blob());
        case SkEd25519PublicKey sk ->
            ed25519(sk, asserted(sk.application(), message, signature), signature.blob());
      };
    } catch (GeneralSecurityException | IllegalArgumentException | SshFormatException _) {
      // A signature or key that the provider cannot even parse is a bad one.
      return false;
    }
  }

  private boolean rsa(RsaPublicKey key, Bytes message, SshSignature signature)
      throws GeneralSecurityException {
    int length = (key.bits() + 7) / 8;
    if (signature.blob().size() > length) {
      return false;
    }
    // Some signers drop leading zeros; OpenSSH puts them back (ssh-rsa.c, openssh_RSA_verify).
    byte[] padded = new byte[length];
    int missing = length - signature.blob().size();
    System.arraycopy(signature.blob().toArray(), 0, padded, missing, length - missing);
    SignatureScheme scheme =
        signature.algorithm().equals("rsa-sha2-512")
            ? SignatureScheme.RSA_SHA512
            : SignatureScheme.RSA_SHA256;
    boolean fits =
        key.exponent().bitLength() <= NATIVE_EXPONENT_BITS && key.bits() <= NATIVE_MODULUS_BITS;
    // Bouncy Castle looks for factors of each modulus first, which takes seconds at 16384 bits.
    SignatureProvider able =
        provider.isNative() && fits ? provider : SignatureProvider.platformRsa();
    return able.verify(scheme, JavaPublicKeys.of(key, able), message, padded);
  }

  private boolean ecdsa(NistCurve curve, SshPublicKey key, Bytes message, Bytes blob)
      throws GeneralSecurityException, SshFormatException {
    byte[] signed = EcdsaSignatureBlob.toSideBySide(blob, curve);
    return provider.verify(
        SignatureScheme.of(curve), JavaPublicKeys.of(key, provider), message, signed);
  }

  private boolean ed25519(SshPublicKey key, Bytes message, Bytes blob)
      throws GeneralSecurityException {
    return blob.size() == ED25519_BYTES
        && provider.verify(
            SignatureScheme.ED25519, JavaPublicKeys.of(key, provider), message, blob.toArray());
  }

  /** What an authenticator signs (PROTOCOL.u2f): SHA-256 of the application, flags, counter. */
  private static Bytes asserted(String application, Bytes message, SshSignature signature) {
    return Bytes.ofUtf8(application).sha256().concat(signature.trailer()).concat(message.sha256());
  }

  private static boolean touched(String application, SshSignature signature) {
    return application.equals(SSH_APPLICATION) && signature.userPresent();
  }
}
