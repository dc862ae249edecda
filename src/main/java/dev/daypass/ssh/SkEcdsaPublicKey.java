package dev.daypass.ssh;

/**
 * A P-256 key in a FIDO authenticator (PROTOCOL.u2f, "SSH U2F Key formats").
 *
 * @param point as in {@link EcdsaPublicKey}
 * @param application the relying party, {@code ssh:} unless the key was made for another
 */
public record SkEcdsaPublicKey(Bytes point, String application) implements SshPublicKey {
  public SkEcdsaPublicKey {
    NistCurve.P256.requirePoint(point);
    SkApplications.require(application);
  }

  @Override
  public SshKeyType type() {
    return SshKeyType.SK_ECDSA_P256;
  }

  @Override
  public int bits() {
    return 256;
  }

  @Override
  public Bytes keyFields() {
    return new WireWriter(112)
        .text(NistCurve.P256.wireName())
        .string(point)
        .text(application)
        .toBytes();
  }
}
