package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.EcdsaPublicKey;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SkEcdsaPublicKey;
import dev.daypass.ssh.SkEd25519PublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireWriter;

/**
 * A FIDO authenticator in software: a plain key that signs as PROTOCOL.u2f's authenticators do.
 * What it says of its user is up to the test.
 */
public final class SoftwareAuthenticator implements SshSigner {
  public static final int USER_PRESENT = 0x01;
  public static final int USER_VERIFIED = 0x04;

  private final OpenSshPrivateKey inner;
  private final String application;
  private final int flags;
  private long counter;

  private SoftwareAuthenticator(OpenSshPrivateKey inner, String application, int flags) {
    this.inner = inner;
    this.application = application;
    this.flags = flags;
  }

  /** An authenticator that was touched, with a key for {@code ssh:}. */
  public static SoftwareAuthenticator generate(SshKeyType type) {
    SshKeyType plain =
        switch (type) {
          case SK_ECDSA_P256 -> SshKeyType.ECDSA_P256;
          case SK_ED25519 -> SshKeyType.ED25519;
          case RSA, ECDSA_P256, ECDSA_P384, ECDSA_P521, ED25519 ->
              throw new IllegalArgumentException("no security key: " + type);
        };
    return new SoftwareAuthenticator(OpenSshPrivateKey.generate(plain), "ssh:", USER_PRESENT);
  }

  public SoftwareAuthenticator withFlags(int otherFlags) {
    return new SoftwareAuthenticator(inner, application, otherFlags);
  }

  public SoftwareAuthenticator withApplication(String otherApplication) {
    return new SoftwareAuthenticator(inner, otherApplication, flags);
  }

  @Override
  public SshPublicKey publicKey() {
    return switch (inner.publicKey()) {
      case EcdsaPublicKey ecdsa -> new SkEcdsaPublicKey(ecdsa.point(), application);
      case Ed25519PublicKey ed25519 -> new SkEd25519PublicKey(ed25519.point(), application);
      case RsaPublicKey _, SkEcdsaPublicKey _, SkEd25519PublicKey _ ->
          throw new IllegalStateException("never made");
    };
  }

  /** PROTOCOL.u2f, "SSH U2F signatures": the counter rises with each. */
  @Override
  public synchronized SshSignature sign(Bytes message) throws SigningException {
    Bytes trailer = new WireWriter().uint8(flags).uint32(++counter).toBytes();
    Bytes asserted =
        new WireWriter()
            .raw(Bytes.ofUtf8(application).sha256())
            .raw(trailer)
            .raw(message.sha256())
            .toBytes();
    SshSignature signature = inner.sign(asserted);
    return new SshSignature(publicKey().type().wireName(), signature.blob(), trailer);
  }
}
