package dev.daypass.ssh;

/**
 * An Ed25519 key in a FIDO authenticator (PROTOCOL.u2f, "SSH U2F Key formats").
 *
 * @param point as in {@link Ed25519PublicKey}
 * @param application the relying party, {@code ssh:} unless the key was made for another
 */
public record SkEd25519PublicKey(Bytes point, String application) implements SshPublicKey {
  public SkEd25519PublicKey {
    Ed25519Points.require(point);
    SkApplications.require(application);
  }

  @Override
  public SshKeyType type() {
    return SshKeyType.SK_ED25519;
  }

  @Override
  public int bits() {
    return 256;
  }

  @Override
  public Bytes keyFields() {
    return new WireWriter(64).string(point).text(application).toBytes();
  }
}
