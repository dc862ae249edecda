package dev.daypass.custody.token;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.RsaHash;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSignature;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How a token signs with a key of one type (PKCS#11 v2.40 current mechanisms, sections 2.1.11 and
 * 2.3.6; v3.0 section 2.3.14).
 *
 * @param hash what the mechanism wants hashed before, or nothing
 */
record TokenScheme(String algorithm, long mechanism, String hash, int signatureBytes) {
  private static final long CKM_SHA256_RSA_PKCS = 0x40;
  private static final long CKM_SHA512_RSA_PKCS = 0x42;
  private static final long CKM_ECDSA = 0x1041;
  private static final long CKM_EDDSA = 0x1057;

  static TokenScheme of(SshPublicKey key, RsaHash rsaHash) {
    String name = key.type().wireName();
    return switch (key.type()) {
      case RSA -> {
        long mechanism =
            switch (rsaHash) {
              case SHA512 -> CKM_SHA512_RSA_PKCS;
              case SHA256 -> CKM_SHA256_RSA_PKCS;
            };
        yield new TokenScheme(rsaHash.algorithm(), mechanism, "", (key.bits() + 7) / 8);
      }
      case ECDSA_P256 -> new TokenScheme(name, CKM_ECDSA, "SHA-256", 64);
      case ECDSA_P384 -> new TokenScheme(name, CKM_ECDSA, "SHA-384", 96);
      case ECDSA_P521 -> new TokenScheme(name, CKM_ECDSA, "SHA-512", 132);
      case ED25519 -> new TokenScheme(name, CKM_EDDSA, "", 64);
      case SK_ECDSA_P256, SK_ED25519 ->
          throw new IllegalArgumentException("a security key is no token's key");
    };
  }

  byte[] input(Bytes message) {
    try {
      return hash.isEmpty()
          ? message.toArray()
          : MessageDigest.getInstance(hash).digest(message.toArray());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-2", e);
    }
  }

  /** The wire's form of what the token answered: of ECDSA r and s side by side. */
  SshSignature signature(byte[] answer) throws SigningException {
    if (answer.length != signatureBytes) {
      throw new SigningException("the token's signature has " + answer.length + " bytes");
    }
    return mechanism == CKM_ECDSA
        ? SshSignature.ofEcdsa(algorithm, answer)
        : SshSignature.of(algorithm, Bytes.of(answer));
  }
}
