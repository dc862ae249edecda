package dev.daypass.signer;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigner;

/**
 * The channel key, with which the daemon itself signs what servers fetch (DESIGN section 3): no
 * certificate, no checkpoint, no trust bundle. Servers believe it because a trust bundle names it.
 *
 * <p>Safe for many threads at once.
 */
public final class ChannelSigner {
  private final SshSigner key;

  public ChannelSigner(SshSigner key) {
    this.key = key;
  }

  /** What the channel key signs, each kind in an SSHSIG namespace of its own. */
  public enum Document {
    KRL("krl@daypass.dev"),
    PRINCIPAL_MAP("principals@daypass.dev"),
    HOST_ANSWER("host@daypass.dev");

    private final String namespace;

    Document(String namespace) {
      this.namespace = namespace;
    }

    public String namespace() {
      return namespace;
    }
  }

  public SshPublicKey publicKey() {
    return key.publicKey();
  }

  /** The SSHSIG over exactly these bytes. */
  public SshSig sign(Document kind, Bytes document) throws SigningException {
    return SshSig.sign(key, kind.namespace(), document);
  }
}
