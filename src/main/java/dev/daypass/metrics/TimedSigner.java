package dev.daypass.metrics;

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

/** A signer whose signatures are timed, refused ones as well. */
record TimedSigner(Signer signer, StageTimes stages) implements Signer {
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
    long start = System.nanoTime();
    try {
      return signer.signCheckpoint(checkpoint, fromHead, ledgerKey);
    } finally {
      stages.ended(Stage.CHECKPOINT, start);
    }
  }

  @Override
  public Certificate signCertificate(
      CertificateContent content, Bytes entry, InclusionProof inclusion) throws SignerRefused {
    long start = System.nanoTime();
    try {
      return signer.signCertificate(content, entry, inclusion);
    } finally {
      stages.ended(Stage.SIGN, start);
    }
  }
}
