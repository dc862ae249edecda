package dev.daypass.fleet;

import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.SshSig;

/** A trust bundle with the root key's signature. */
@SuppressWarnings("DoNotCallSuggester")
public record SignedTrustBundle(TrustBundle bundle, SshSig signature) {
  /** The SSHSIG namespace of trust bundles. */
  public static final String NAMESPACE = "bundle@daypass.dev";

  /** Parses the document that {@link #text()} makes. */
  public static SignedTrustBundle parse(String text) throws BundleFormatException {
    throw new UnsupportedOperationException();
  }

  /** The document as served: the bundle's text and the armored signature. */
  public String text() {
    throw new UnsupportedOperationException();
  }

  /** Whether this root key signed exactly this bundle. */
  public boolean verifies(SshPublicKey root) {
    throw new UnsupportedOperationException();
  }
}
