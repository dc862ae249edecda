package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;

/**
 * The secret numbers of RFC 8017 section 3.2.
 *
 * @param exponent d
 * @param coefficient the inverse of q modulo p
 * @param hash by which it signs
 */
record RsaPrivateMaterial(
    RsaPublicKey publicKey,
    BigInteger exponent,
    BigInteger coefficient,
    BigInteger primeP,
    BigInteger primeQ,
    RsaHash hash)
    implements PrivateKeyMaterial {

  RsaPrivateMaterial {
    if (!primeP.multiply(primeQ).equals(publicKey.modulus())) {
      throw new IllegalArgumentException("the primes are not the modulus");
    }
  }

  static RsaPrivateMaterial generate(int bits, SignatureProvider provider)
      throws GeneralSecurityException {
    KeyPairGenerator generator = provider.keyPairGenerator("RSA");
    generator.initialize(bits);
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    return new RsaPrivateMaterial(
        new RsaPublicKey(key.getPublicExponent(), key.getModulus()),
        key.getPrivateExponent(),
        key.getCrtCoefficient(),
        key.getPrimeP(),
        key.getPrimeQ(),
        RsaHash.SHA512);
  }

  static RsaPrivateMaterial decodeFields(WireReader reader) throws SshFormatException {
    // PROTOCOL.key has n before e here, unlike the public blob.
    BigInteger modulus = reader.mpint();
    BigInteger publicExponent = reader.mpint();
    return new RsaPrivateMaterial(
        new RsaPublicKey(publicExponent, modulus),
        reader.mpint(),
        reader.mpint(),
        reader.mpint(),
        reader.mpint(),
        RsaHash.SHA512);
  }

  @Override
  public void writeFields(WireWriter writer) {
    writer
        .mpint(publicKey.modulus())
        .mpint(publicKey.exponent())
        .mpint(exponent)
        .mpint(coefficient)
        .mpint(primeP)
        .mpint(primeQ);
  }

  @Override
  public PrivateKey toJava(SignatureProvider provider) throws GeneralSecurityException {
    return provider
        .keyFactory("RSA")
        .generatePrivate(
            new RSAPrivateCrtKeySpec(
                publicKey.modulus(),
                publicKey.exponent(),
                exponent,
                primeP,
                primeQ,
                exponent.mod(primeP.subtract(BigInteger.ONE)),
                exponent.mod(primeQ.subtract(BigInteger.ONE)),
                coefficient));
  }

  @Override
  public SignatureScheme scheme() {
    return hash.scheme();
  }

  @Override
  public PrivateKeyMaterial signingBy(RsaHash other) {
    return new RsaPrivateMaterial(publicKey, exponent, coefficient, primeP, primeQ, other);
  }

  @Override
  public SshSignature signatureOf(byte[] signed) {
    return SshSignature.of(hash.algorithm(), Bytes.of(signed));
  }

  @Override
  public String toString() {
    return "secret of " + publicKey.fingerprint();
  }
}
