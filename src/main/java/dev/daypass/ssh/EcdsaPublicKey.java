package dev.daypass.ssh;

/**
 * An ECDSA key (RFC 5656 section 3.1).
 *
 * @param type one of the three NIST curves
 * @param point uncompressed (SEC 1 section 2.3.3), on the curve, not the point at infinity
 */
public record EcdsaPublicKey(SshKeyType type, Bytes point) implements SshPublicKey {
  public EcdsaPublicKey {
    NistCurve.of(type).requirePoint(point);
  }

  @Override
  public int bits() {
    return NistCurve.of(type).bits();
  }

  @Override
  public Bytes keyFields() {
    return new WireWriter(point.size() + 24)
        .text(NistCurve.of(type).wireName())
        .string(point)
        .toBytes();
  }
}
