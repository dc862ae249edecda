package dev.daypass.issuance;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.signer.PublicKeys;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerHead;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.InclusionProof;
import org.jspecify.annotations.Nullable;

/** A signer that does not live to sign a certificate, once it was told to. */
final class BreakingSigner implements Signer {
  private final Signer signer;
  private volatile @Nullable Runnable ending;

  BreakingSigner(Signer signer) {
    this.signer = signer;
  }

  /** What happens at the next certificates; it throws. */
  void endWith(Runnable next) {
    ending = next;
  }

  @Override
  public PublicKeys keys() {
    return signer.keys();
  }

  @Override
  public SignerHead head() throws SignerRefused {
    return signer.head();
  }

  @Override
  public SignedCheckpoint signCheckpoint(
      Checkpoint checkpoint, ConsistencyProof fromHead, SshPublicKey ledgerKey)
      throws SignerRefused {
    return signer.signCheckpoint(checkpoint, fromHead, ledgerKey);
  }

  @Override
  public Certificate signCertificate(
      CertificateContent content, Bytes entry, InclusionProof inclusion) throws SignerRefused {
    Runnable end = ending;
    if (end != null) {
      end.run();
    }
    return signer.signCertificate(content, entry, inclusion);
  }
}
