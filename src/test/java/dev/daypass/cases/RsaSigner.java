package dev.daypass.cases;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.ssh.signature.SshSigner;
import java.math.BigInteger;
import java.util.Random;

/** RSA keys that no sound program makes, and which sign all the same (RFC 8017 section 8.2). */
record RsaSigner(BigInteger modulus, BigInteger exponent, BigInteger secret) implements SshSigner {
  /** DER of the DigestInfo of SHA-512, RFC 8017 section 9.2 note 1. */
  private static final String SHA512 = "3051300d060960864801650304020305000440";

  private static final BigInteger E = BigInteger.valueOf(65_537);

  /** An ordinary key of that size. */
  static RsaSigner ofBits(int bits) {
    Random random = new Random(bits);
    while (true) {
      BigInteger p = BigInteger.probablePrime(bits / 2, random);
      BigInteger q = BigInteger.probablePrime(bits - bits / 2, random);
      if (p.multiply(q).bitLength() == bits) {
        return of(p, q);
      }
    }
  }

  /** A key of 3072 bits as Infineon's library made them (CVE-2017-15361). */
  static RsaSigner ofRoca() {
    Random random = new Random(2017);
    while (true) {
      BigInteger p = rocaPrime(random);
      BigInteger q = rocaPrime(random);
      if (p.multiply(q).bitLength() == 3072) {
        return of(p, q);
      }
    }
  }

  private static RsaSigner of(BigInteger p, BigInteger q) {
    BigInteger phi = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
    return new RsaSigner(p.multiply(q), E, E.modInverse(phi));
  }

  /** k·M + (65537^a mod M), M the product of the primes to 167. */
  private static BigInteger rocaPrime(Random random) {
    BigInteger product = BigInteger.TWO;
    for (BigInteger p = BigInteger.valueOf(3); p.intValue() <= 167; p = p.nextProbablePrime()) {
      product = product.multiply(p);
    }
    while (true) {
      BigInteger power = E.modPow(new BigInteger(62, random), product);
      BigInteger k = new BigInteger(1536 - product.bitLength() + 1, random);
      BigInteger candidate = k.multiply(product).add(power);
      if (candidate.bitLength() == 1536 && candidate.isProbablePrime(40)) {
        return candidate;
      }
    }
  }

  @Override
  public SshPublicKey publicKey() {
    return new RsaPublicKey(exponent, modulus);
  }

  @Override
  public SshSignature sign(Bytes message) throws SigningException {
    int size = (modulus.bitLength() + 7) / 8;
    Bytes digest = Bytes.ofHex(SHA512).concat(message.sha512());
    String padding = "0001" + "ff".repeat(size - digest.size() - 3) + "00";
    BigInteger encoded = new BigInteger(1, Bytes.ofHex(padding).concat(digest).toArray());
    String hex = encoded.modPow(secret, modulus).toString(16);
    String whole = "0".repeat(2 * size - hex.length()) + hex;
    return SshSignature.of("rsa-sha2-512", Bytes.ofHex(whole));
  }
}
