package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.EcdsaPublicKey;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/**
 * PKCS#8 private keys (RFC 5958, RFC 5915, RFC 8410), plain or encrypted by PBES2 (RFC 8018 section
 * 6.2), as {@code openssl genpkey} writes them.
 */
final class Pkcs8KeyFile {
  private static final Map<ASN1ObjectIdentifier, SshKeyType> CURVES =
      Map.of(
          SECObjectIdentifiers.secp256r1, SshKeyType.ECDSA_P256,
          SECObjectIdentifiers.secp384r1, SshKeyType.ECDSA_P384,
          SECObjectIdentifiers.secp521r1, SshKeyType.ECDSA_P521);

  private Pkcs8KeyFile() {}

  /** Whether the text is a PKCS#8 file, plain or encrypted. */
  static boolean isOne(String pem) {
    return Armor.PKCS8.begins(pem) || Armor.ENCRYPTED_PKCS8.begins(pem);
  }

  /** Reads a key; the passphrase is needed exactly if the file is encrypted. */
  static PrivateKeyMaterial parse(String pem, Optional<char[]> passphrase)
      throws SshFormatException {
    boolean encrypted = Armor.ENCRYPTED_PKCS8.begins(pem);
    if (encrypted != passphrase.isPresent()) {
      throw new SshFormatException(
          encrypted ? "the key is encrypted; name its passphrase" : "the key is not encrypted", 0);
    }
    return encrypted
        ? decode(decrypt(Armor.ENCRYPTED_PKCS8.parse(pem), passphrase.get()))
        : decode(Armor.PKCS8.parse(pem).toArray());
  }

  private static PrivateKeyMaterial decode(byte[] info) throws SshFormatException {
    try {
      AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
      return switch (key) {
        case Ed25519PrivateKeyParameters ed25519 -> material(ed25519);
        case ECPrivateKeyParameters ec -> material(ec);
        case RSAPrivateCrtKeyParameters rsa -> material(rsa);
        default -> throw new SshFormatException("no Ed25519, ECDSA or RSA key", 0);
      };
    } catch (IOException | RuntimeException _) {
      // Their messages may quote what is secret.
      throw new SshFormatException("no sound PKCS#8 key, or of an unknown type", 0);
    }
  }

  private static PrivateKeyMaterial material(Ed25519PrivateKeyParameters key) {
    Bytes point = Bytes.of(key.generatePublicKey().getEncoded());
    return new Ed25519PrivateMaterial(new Ed25519PublicKey(point), Bytes.of(key.getEncoded()));
  }

  private static PrivateKeyMaterial material(ECPrivateKeyParameters key) throws SshFormatException {
    // A curve that is spelled out may be a weak one that looks alike.
    SshKeyType type =
        key.getParameters() instanceof ECNamedDomainParameters named
            ? CURVES.get(named.getName())
            : null;
    if (type == null) {
      throw new SshFormatException("the curve is not P-256, P-384 or P-521 by name", 0);
    }
    byte[] point = key.getParameters().getG().multiply(key.getD()).normalize().getEncoded(false);
    return new EcdsaPrivateMaterial(new EcdsaPublicKey(type, Bytes.of(point)), key.getD());
  }

  private static PrivateKeyMaterial material(RSAPrivateCrtKeyParameters key) {
    return new RsaPrivateMaterial(
        new RsaPublicKey(key.getPublicExponent(), key.getModulus()),
        key.getExponent(),
        key.getQInv(),
        key.getP(),
        key.getQ(),
        RsaHash.SHA512);
  }

  private static byte[] decrypt(Bytes encrypted, char[] passphrase) throws SshFormatException {
    PBEKeySpec password = new PBEKeySpec(passphrase);
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted.toArray());
      AlgorithmParameters parameters = info.getAlgParameters();
      // Of PBES2 the parameters' text is the name of key derivation and cipher together.
      String scheme = parameters == null ? info.getAlgName() : parameters.toString();
      Cipher cipher = Cipher.getInstance(scheme);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(scheme).generateSecret(password),
          parameters);
      return cipher.doFinal(info.getEncryptedData());
    } catch (IOException | GeneralSecurityException | RuntimeException _) {
      throw new SshFormatException("the key file cannot be decrypted", 0);
    } finally {
      password.clearPassword();
    }
  }
}
