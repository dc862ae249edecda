package dev.daypass.fleet;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigHash;
import dev.daypass.ssh.signature.SshSigner;
import java.time.Instant;
import java.util.Optional;

/**
 * A trust bundle with the root key's SSHSIG over its text (DESIGN section 3), as one document: the
 * text, then the armored signature. What stands before the line {@code -----BEGIN SSH
 * SIGNATURE-----} is the message that {@code ssh-keygen -Y verify -n bundle@daypass.dev} takes.
 */
public record SignedTrustBundle(TrustBundle bundle, SshSig signature) {
  /** The SSHSIG namespace of trust bundles. */
  public static final String NAMESPACE = "bundle@daypass.dev";

  private static final String SIGNATURE_BEGINS = "-----BEGIN SSH SIGNATURE-----";

  /** Why a bundle must not be taken up. */
  public enum Objection {
    /** The root key that is trusted did not sign it. */
    NOT_SIGNED_BY_ROOT,
    /** Its number is not above the last one's. */
    NOT_RISING,
    EXPIRED
  }

  /** Signs with the root key. */
  public static SignedTrustBundle sign(TrustBundle bundle, SshSigner root) throws SigningException {
    return new SignedTrustBundle(bundle, SshSig.sign(root, NAMESPACE, message(bundle)));
  }

  /** Parses exactly what {@link #text()} makes; says nothing about who signed. */
  public static SignedTrustBundle parse(String document) throws BundleFormatException {
    int end = document.indexOf("\n" + SIGNATURE_BEGINS) + 1;
    if (end == 0) {
      throw new BundleFormatException(1, "there is no signature");
    }
    int line = (int) document.substring(0, end).lines().count() + 1;
    TrustBundle bundle = TrustBundle.parse(document.substring(0, end));
    try {
      SshSig signature = SshSig.parseArmored(document.substring(end));
      SignedTrustBundle signed = new SignedTrustBundle(bundle, signature);
      if (!signed.text().equals(document)) {
        throw new BundleFormatException(line, "the signature is not in its one form");
      }
      return signed;
    } catch (SshFormatException e) {
      throw new BundleFormatException(line, "not an armored SSHSIG: " + e.getMessage());
    }
  }

  /** The document as stored and served. */
  public String text() {
    return bundle.text() + signature.armored();
  }

  /**
   * Whether a holder of this trust may take it up; nothing if so.
   *
   * @param lastNumber the number of the bundle that it holds now, 0 if none
   */
  public Optional<Objection> objection(SshPublicKey root, long lastNumber, Instant now) {
    if (!verifies(root)) {
      return Optional.of(Objection.NOT_SIGNED_BY_ROOT);
    }
    if (bundle.number() <= lastNumber) {
      return Optional.of(Objection.NOT_RISING);
    }
    return now.isBefore(bundle.validUntil()) ? Optional.empty() : Optional.of(Objection.EXPIRED);
  }

  /** Whether this root key signed exactly this bundle. */
  public boolean verifies(SshPublicKey root) {
    return signature.publicKey().equals(root)
        && signature.hash() == SshSigHash.SHA512
        && signature.verifies(NAMESPACE, message(bundle));
  }

  private static Bytes message(TrustBundle bundle) {
    return Bytes.ofUtf8(bundle.text());
  }
}
