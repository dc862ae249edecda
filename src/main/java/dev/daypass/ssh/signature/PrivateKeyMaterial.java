package dev.daypass.ssh.signature;

import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;

/** The secret half of a key, in the form of PROTOCOL.key; never shown by {@code toString}. */
sealed interface PrivateKeyMaterial
    permits RsaPrivateMaterial, EcdsaPrivateMaterial, Ed25519PrivateMaterial {

  SshPublicKey publicKey();

  /** The fields behind the type name in a key file. */
  void writeFields(WireWriter writer);

  PrivateKey toJava(SignatureProvider provider) throws GeneralSecurityException;

  SignatureScheme scheme();

  /** The same key, signing by that hash if it is RSA; others leave no choice. */
  default PrivateKeyMaterial signingBy(RsaHash hash) {
    return this;
  }

  /** The wire's form of what the scheme's signature algorithm returned. */
  SshSignature signatureOf(byte[] signed);

  /** Reads the fields that {@link #writeFields} writes. */
  static PrivateKeyMaterial decodeFields(SshKeyType type, WireReader reader)
      throws SshFormatException {
    int start = reader.offset();
    try {
      return switch (type) {
        case RSA -> RsaPrivateMaterial.decodeFields(reader);
        case ECDSA_P256, ECDSA_P384, ECDSA_P521 -> EcdsaPrivateMaterial.decodeFields(type, reader);
        case ED25519 -> Ed25519PrivateMaterial.decodeFields(reader);
        case SK_ECDSA_P256, SK_ED25519 ->
            throw new SshFormatException("a security key's secret is not in its file", start);
      };
    } catch (IllegalArgumentException e) {
      throw new SshFormatException("unsound key: " + e.getMessage(), start, e);
    }
  }
}
