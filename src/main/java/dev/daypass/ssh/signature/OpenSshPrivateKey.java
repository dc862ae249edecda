package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * A private key held in memory, read from or written to OpenSSH's key file format (PROTOCOL.key),
 * or read from a PKCS#8 file.
 */
public final class OpenSshPrivateKey implements SshSigner {
  private static final int RSA_BITS = 3072;
  private static final Bytes TRIAL = Bytes.ofUtf8("daypass: does this key belong together?");

  private final PrivateKeyMaterial material;
  private final PrivateKey javaKey;
  private final SignatureProvider provider;

  private OpenSshPrivateKey(PrivateKeyMaterial material, SignatureProvider provider)
      throws GeneralSecurityException {
    this.material = material;
    this.provider = provider;
    this.javaKey = material.toJava(provider);
  }

  /** Makes a key of this type, which is not a security key's; RSA with 3072 bits. */
  public static OpenSshPrivateKey generate(SshKeyType type) {
    SignatureProvider provider = SignatureProvider.fastest();
    try {
      PrivateKeyMaterial material =
          switch (type) {
            case RSA -> RsaPrivateMaterial.generate(RSA_BITS, provider);
            case ECDSA_P256, ECDSA_P384, ECDSA_P521 ->
                EcdsaPrivateMaterial.generate(type, provider);
            case ED25519 -> Ed25519PrivateMaterial.generate(new SecureRandom());
            case SK_ECDSA_P256, SK_ED25519 ->
                throw new IllegalArgumentException("only an authenticator makes such a key");
          };
      return new OpenSshPrivateKey(material, provider);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(provider.description() + " cannot make keys", e);
    }
  }

  /** Reads a key file; the passphrase is needed exactly if the file is encrypted. */
  public static OpenSshPrivateKey parse(String pem, Optional<char[]> passphrase)
      throws SshFormatException {
    if (Pkcs8KeyFile.isOne(pem)) {
      return of(Pkcs8KeyFile.parse(pem, passphrase), SignatureProvider.fastest());
    }
    Bytes file = Armor.OPENSSH_PRIVATE_KEY.parse(pem);
    return of(PrivateKeyFile.decode(file, passphrase), SignatureProvider.fastest());
  }

  /** The same key, signing by that hash if it is RSA. */
  public OpenSshPrivateKey signingBy(RsaHash hash) throws SshFormatException {
    return of(material.signingBy(hash), provider);
  }

  /** The same key, signing with another provider. */
  OpenSshPrivateKey with(SignatureProvider other) throws SshFormatException {
    return of(material, other);
  }

  @Override
  public SshPublicKey publicKey() {
    return material.publicKey();
  }

  @Override
  public SshSignature sign(Bytes message) throws SigningException {
    try {
      return material.signatureOf(provider.sign(material.scheme(), javaKey, message));
    } catch (GeneralSecurityException e) {
      throw new SigningException("the key cannot sign", e);
    }
  }

  /** The key file without a passphrase; the caller guards it. */
  public String encode(String comment) {
    return encode(comment, Optional.empty());
  }

  /** The key file, encrypted as ssh-keygen does it if there is a passphrase, which is not empty. */
  public String encode(String comment, Optional<char[]> passphrase) {
    return Armor.OPENSSH_PRIVATE_KEY.text(PrivateKeyFile.encode(material, comment, passphrase));
  }

  /** Names the key by its fingerprint, never by what is secret. */
  @Override
  public String toString() {
    return publicKey().type().wireName() + " " + publicKey().fingerprint();
  }

  /** Refuses a file whose halves do not belong together: its signatures would never verify. */
  private static OpenSshPrivateKey of(PrivateKeyMaterial material, SignatureProvider provider)
      throws SshFormatException {
    try {
      OpenSshPrivateKey key = new OpenSshPrivateKey(material, provider);
      if (!SignatureVerifier.verify(key.publicKey(), TRIAL, key.sign(TRIAL))) {
        throw new SshFormatException("the secret is not the public key's", 0);
      }
      return key;
    } catch (GeneralSecurityException | SigningException | RuntimeException e) {
      // Providers report numbers that make no key by unchecked exceptions of their own.
      throw new SshFormatException("the secret is not the public key's", 0, e);
    }
  }
}
