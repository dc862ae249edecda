package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.EcdsaPublicKey;
import dev.daypass.ssh.NistCurve;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;

/** The secret exponent d of SEC 1 section 3.2.1. */
record EcdsaPrivateMaterial(EcdsaPublicKey publicKey, BigInteger secret)
    implements PrivateKeyMaterial {

  static EcdsaPrivateMaterial generate(SshKeyType type, SignatureProvider provider)
      throws GeneralSecurityException {
    NistCurve curve = NistCurve.of(type);
    KeyPairGenerator generator = provider.keyPairGenerator("EC");
    generator.initialize(new ECGenParameterSpec(curve.javaName()));
    KeyPair pair = generator.generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    // SubjectPublicKeyInfo ends with the uncompressed point.
    Bytes point = Bytes.of(encoded).slice(encoded.length - curve.pointBytes(), encoded.length);
    BigInteger secret = ((ECPrivateKey) pair.getPrivate()).getS();
    return new EcdsaPrivateMaterial(new EcdsaPublicKey(type, point), secret);
  }

  static EcdsaPrivateMaterial decodeFields(SshKeyType type, WireReader reader)
      throws SshFormatException {
    SshPublicKey key = SshPublicKey.decodeFields(type, reader);
    return new EcdsaPrivateMaterial((EcdsaPublicKey) key, reader.mpint());
  }

  @Override
  public void writeFields(WireWriter writer) {
    writer.raw(publicKey.keyFields()).mpint(secret);
  }

  @Override
  public PrivateKey toJava(SignatureProvider provider) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(NistCurve.of(publicKey.type()).javaName()));
    ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
    return provider.keyFactory("EC").generatePrivate(new ECPrivateKeySpec(secret, curve));
  }

  @Override
  public SignatureScheme scheme() {
    return SignatureScheme.of(NistCurve.of(publicKey.type()));
  }

  @Override
  public SshSignature signatureOf(byte[] signed) {
    return SshSignature.of(publicKey.type().wireName(), EcdsaSignatureBlob.ofSideBySide(signed));
  }

  @Override
  public String toString() {
    return "secret of " + publicKey.fingerprint();
  }
}
