package dev.daypass.ssh;

import java.math.BigInteger;

/** The curves of RFC 5656 section 10.1, with their parameters of SEC 2 section 2. */
public enum NistCurve {
  P256(
      "nistp256",
      "secp256r1",
      256,
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
      "3059301306072a8648ce3d020106082a8648ce3d030107034200"),
  P384(
      "nistp384",
      "secp384r1",
      384,
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
          + "ffffffff0000000000000000ffffffff",
      "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
          + "c656398d8a2ed19d2a85c8edd3ec2aef",
      "3076301006072a8648ce3d020106052b81040022036200"),
  P521(
      "nistp521",
      "secp521r1",
      521,
      "01ff" + "ff".repeat(64),
      "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e1"
          + "56193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
      "30819b301006072a8648ce3d020106052b8104002303818600");

  private static final BigInteger THREE = BigInteger.valueOf(3);
  private static final byte UNCOMPRESSED = 4;

  private final String wireName;
  private final String javaName;
  private final int bits;
  private final BigInteger prime;
  private final BigInteger b;
  private final String spkiPrefix;

  NistCurve(String wireName, String javaName, int bits, String prime, String b, String spki) {
    this.wireName = wireName;
    this.javaName = javaName;
    this.bits = bits;
    this.prime = new BigInteger(prime, 16);
    this.b = new BigInteger(b, 16);
    this.spkiPrefix = spki;
  }

  public static NistCurve of(SshKeyType type) {
    return switch (type) {
      case ECDSA_P256, SK_ECDSA_P256 -> P256;
      case ECDSA_P384 -> P384;
      case ECDSA_P521 -> P521;
      case RSA, ED25519, SK_ED25519 ->
          throw new IllegalArgumentException(type.wireName() + " has no NIST curve");
    };
  }

  String wireName() {
    return wireName;
  }

  public String javaName() {
    return javaName;
  }

  int bits() {
    return bits;
  }

  public int pointBytes() {
    return 1 + 2 * fieldBytes();
  }

  public int fieldBytes() {
    return (bits + 7) / 8;
  }

  /** The SubjectPublicKeyInfo of RFC 5480 section 2 for a point that was checked. */
  public Bytes subjectPublicKeyInfo(Bytes point) {
    return Bytes.ofHex(spkiPrefix).concat(point);
  }

  /**
   * SEC 1 section 3.2.2.1 steps 1 to 3; step 4 follows, as these curves have cofactor 1.
   *
   * @throws IllegalArgumentException unless the point is uncompressed and on the curve
   */
  void requirePoint(Bytes point) {
    int field = fieldBytes();
    if (point.size() != pointBytes() || point.byteAt(0) != UNCOMPRESSED) {
      throw new IllegalArgumentException("not an uncompressed point of " + wireName);
    }
    BigInteger x = new BigInteger(1, point.unsafeArray(), 1, field);
    BigInteger y = new BigInteger(1, point.unsafeArray(), 1 + field, field);
    if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
      throw new IllegalArgumentException("a coordinate is outside the field of " + wireName);
    }
    // y^2 = x^3 - 3x + b = x(x^2 - 3) + b
    BigInteger right = x.multiply(x).subtract(THREE).mod(prime).multiply(x).add(b).mod(prime);
    if (!y.multiply(y).mod(prime).equals(right)) {
      throw new IllegalArgumentException("the point is not on " + wireName);
    }
  }
}
