package dev.daypass.ssh;

/**
 * An Ed25519 key (RFC 8709 section 4).
 *
 * @param point 32 bytes, canonical, on the curve, not of low order
 */
public record Ed25519PublicKey(Bytes point) implements SshPublicKey {
  public Ed25519PublicKey {
    Ed25519Points.require(point);
  }

  @Override
  public SshKeyType type() {
    return SshKeyType.ED25519;
  }

  @Override
  public int bits() {
    return 256;
  }

  @Override
  public Bytes keyFields() {
    return new WireWriter(40).string(point).toBytes();
  }
}
