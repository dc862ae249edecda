package dev.daypass;

import dev.daypass.cert.Certificate;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TlogProof;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Everything that clients ever got from a certificate authority, over all its restarts: what it
 * must be able to account for ({@link LedgerInvariants}). For use by many threads.
 */
public final class Observed {
  private final Queue<Certificate> certificates = new ConcurrentLinkedQueue<>();
  private final Queue<SignedNote> checkpoints = new ConcurrentLinkedQueue<>();

  /** A certificate was received; the checkpoint in its proof was seen with it. */
  void released(Certificate certificate) {
    certificates.add(certificate);
    certificate
        .content()
        .proof()
        .ifPresent(proof -> checkpoints.add(checkpointIn(proof.toArray())));
  }

  /** A checkpoint was received. */
  void seen(SignedNote checkpoint) {
    checkpoints.add(checkpoint);
  }

  /** Every certificate so far, in the order of receipt. */
  public List<Certificate> certificates() {
    return List.copyOf(certificates);
  }

  /** Every checkpoint so far, each once. */
  public List<SignedNote> checkpoints() {
    return checkpoints.stream().distinct().toList();
  }

  private static SignedNote checkpointIn(byte[] proof) {
    try {
      return TlogProof.decode(proof).checkpoint();
    } catch (TlogFormatException e) {
      throw new AssertionError("a released certificate carries a malformed proof", e);
    }
  }
}
