package dev.daypass.ssh;

import java.math.BigInteger;

/**
 * An RSA key (RFC 4253 section 6.6): modulus of 2048 to 16384 bits, OpenSSH's own bounds, and an
 * odd exponent e with 1 &lt; e &lt; 2^64.
 */
public record RsaPublicKey(BigInteger exponent, BigInteger modulus) implements SshPublicKey {
  private static final int MIN_BITS = 2048;
  private static final int MAX_BITS = 16_384;
  private static final int MAX_EXPONENT_BITS = 64;

  public RsaPublicKey {
    int bits = modulus.bitLength();
    if (modulus.signum() <= 0 || bits < MIN_BITS || bits > MAX_BITS) {
      throw new IllegalArgumentException("RSA keys have 2048 to 16384 bits, not " + bits);
    }
    if (!modulus.testBit(0)) {
      throw new IllegalArgumentException("the RSA modulus is even");
    }
    if (exponent.compareTo(BigInteger.ONE) <= 0
        || exponent.bitLength() > MAX_EXPONENT_BITS
        || !exponent.testBit(0)) {
      throw new IllegalArgumentException("the RSA exponent is odd, above 1, below 2^64");
    }
  }

  @Override
  public SshKeyType type() {
    return SshKeyType.RSA;
  }

  @Override
  public int bits() {
    return modulus.bitLength();
  }

  @Override
  public Bytes keyFields() {
    return new WireWriter(modulus.bitLength() / 8 + 24).mpint(exponent).mpint(modulus).toBytes();
  }
}
