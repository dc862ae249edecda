package dev.daypass.signer;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.InclusionProof;

/** The holder of the CA keys and the ledger key, which signs only what DESIGN section 3 allows. */
public interface Signer {
  /** The public halves of the keys that it holds. */
  PublicKeys keys();

  /** The newest tree head that it has bound itself to; size 0 before the first checkpoint. */
  SignerHead head() throws SignerRefused;

  /**
   * Binds itself durably to a tree head, then signs its checkpoint with the first of its ledger
   * keys. The present head may be signed again.
   *
   * @param fromHead the consistency proof from {@link #head()} to {@code checkpoint}
   */
  default SignedCheckpoint signCheckpoint(Checkpoint checkpoint, ConsistencyProof fromHead)
      throws SignerRefused {
    return signCheckpoint(checkpoint, fromHead, keys().ledger());
  }

  /**
   * The same with that one of its ledger keys. There is one head for all of them, so that none can
   * sign another history.
   */
  SignedCheckpoint signCheckpoint(
      Checkpoint checkpoint, ConsistencyProof fromHead, SshPublicKey ledgerKey)
      throws SignerRefused;

  /**
   * Signs a certificate whose entry is in a recent checkpoint that this signer signed since it
   * started, once for each index.
   *
   * @param content what to sign; a user certificate already holds its proof
   * @param entry the entry's bytes as hashed into the tree
   * @param inclusion the proof that {@code entry} is at index = serial in such a checkpoint
   */
  Certificate signCertificate(CertificateContent content, Bytes entry, InclusionProof inclusion)
      throws SignerRefused;
}
