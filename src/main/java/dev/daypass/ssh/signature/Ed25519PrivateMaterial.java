package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The 32 byte seed of RFC 8032 section 5.1.5. */
record Ed25519PrivateMaterial(Ed25519PublicKey publicKey, Bytes seed)
    implements PrivateKeyMaterial {
  /** PrivateKeyInfo of RFC 8410 section 7, up to the seed. */
  private static final Bytes PKCS8_PREFIX = Bytes.ofHex("302e020100300506032b657004220420");

  private static final int SIZE = 32;

  static Ed25519PrivateMaterial generate(SecureRandom random) {
    byte[] seed = new byte[SIZE];
    random.nextBytes(seed);
    byte[] point = new byte[SIZE];
    Ed25519.generatePublicKey(seed, 0, point, 0);
    return new Ed25519PrivateMaterial(new Ed25519PublicKey(Bytes.of(point)), Bytes.of(seed));
  }

  static Ed25519PrivateMaterial decodeFields(WireReader reader) throws SshFormatException {
    int start = reader.offset();
    Bytes point = reader.string();
    Bytes secret = reader.string();
    if (secret.size() != 2 * SIZE || !secret.slice(SIZE, 2 * SIZE).equals(point)) {
      throw new SshFormatException("the secret is not a seed and the point", start);
    }
    return new Ed25519PrivateMaterial(new Ed25519PublicKey(point), secret.slice(0, SIZE));
  }

  @Override
  public void writeFields(WireWriter writer) {
    writer.string(publicKey.point()).string(seed.concat(publicKey.point()));
  }

  @Override
  public PrivateKey toJava(SignatureProvider provider) throws GeneralSecurityException {
    byte[] encoded = PKCS8_PREFIX.concat(seed).toArray();
    return provider.keyFactory("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  @Override
  public SignatureScheme scheme() {
    return SignatureScheme.ED25519;
  }

  @Override
  public SshSignature signatureOf(byte[] signed) {
    return SshSignature.of(publicKey.type().wireName(), Bytes.of(signed));
  }

  @Override
  public String toString() {
    return "secret of " + publicKey.fingerprint();
  }
}
