package dev.daypass.signer;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.signer.SignerRefused.Reason;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.InclusionProof;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The signer in this process (DESIGN section 3).
 *
 * <p>Crash order: the head is durable before a checkpoint's signature exists, so no two processes,
 * one after the other, can sign two histories. What was open for certificates dies with the
 * process: a crash leaves an entry without a certificate, never one with two.
 */
public final class LocalSigner implements Signer {
  private final HeadFile headFile;
  private final CertificateSigner certificates;
  private final SigningWindow window;
  private final SignatureBudget checkpointBudget;

  /** Held by the sequencer while it signs a checkpoint, head sync included. */
  private final ReentrantLock headLock = new ReentrantLock();

  private volatile Held held;

  /** Written under {@link #headLock}. */
  private volatile SignerHead head;

  /** Whether a write of the head failed; guarded by {@link #headLock}. */
  private boolean stopped;

  /** The keys, and what is made of them once. */
  private record Held(SignerKeys keys, PublicKeys publicKeys, List<CheckpointSigner> ledgers) {
    static Held of(SignerKeys keys, String origin) {
      return new Held(
          keys,
          keys.publicKeys(),
          keys.ledgers().stream().map(key -> new CheckpointSigner(key, origin)).toList());
    }
  }

  private LocalSigner(
      SignerKeys keys,
      SignerLimits limits,
      SignerRates rates,
      LongSupplier nanoTime,
      HeadFile headFile,
      SignerHead head) {
    this.held = Held.of(keys, head.origin());
    this.headFile = headFile;
    this.head = head;
    this.window = new SigningWindow(head.size());
    this.certificates =
        new CertificateSigner(
            () -> held.keys(),
            limits,
            window,
            new SignatureBudget(rates.userCa(), nanoTime),
            new SignatureBudget(rates.hostCa(), nanoTime));
    this.checkpointBudget = new SignatureBudget(rates.ledger(), nanoTime);
  }

  /** Takes up the head where the last process left it. */
  public static LocalSigner open(SignerKeys keys, SignerLimits limits, HeadFile headFile)
      throws IOException {
    return open(keys, limits, SignerRates.UNLIMITED, System::nanoTime, headFile);
  }

  /**
   * The same for a process of its own, which holds whoever asks to these rates.
   *
   * @param nanoTime a clock that never falls, such as {@link System#nanoTime}
   */
  public static LocalSigner open(
      SignerKeys keys,
      SignerLimits limits,
      SignerRates rates,
      LongSupplier nanoTime,
      HeadFile headFile)
      throws IOException {
    return new LocalSigner(keys, limits, rates, nanoTime, headFile, headFile.read());
  }

  /**
   * Holds these keys from now on, and those no more that are not among them.
   *
   * @param others what it held may be among them
   */
  public void hold(SignerKeys others) {
    held = Held.of(others, head.origin());
  }

  @Override
  public PublicKeys keys() {
    return held.publicKeys();
  }

  @Override
  public SignerHead head() {
    return head;
  }

  @Override
  public SignedCheckpoint signCheckpoint(
      Checkpoint checkpoint, ConsistencyProof fromHead, SshPublicKey ledgerKey)
      throws SignerRefused {
    CheckpointSigner checkpoints = checkpointSigner(ledgerKey);
    headLock.lock();
    try {
      requireNotStopped();
      requireContinuation(head, checkpoint, fromHead);
      checkpointBudget.spend();
      advance(new SignerHead(head.origin(), checkpoint.size(), checkpoint.root()));
      SignedCheckpoint signed = checkpoints.sign(checkpoint);
      window.add(checkpoint.size(), checkpoint.root());
      return signed;
    } finally {
      headLock.unlock();
    }
  }

  @Override
  public Certificate signCertificate(
      CertificateContent content, Bytes entry, InclusionProof inclusion) throws SignerRefused {
    return certificates.sign(content, entry, inclusion);
  }

  private CheckpointSigner checkpointSigner(SshPublicKey ledgerKey) throws SignerRefused {
    return held.ledgers().stream()
        .filter(signer -> signer.publicKey().equals(ledgerKey))
        .findFirst()
        .orElseThrow(() ->
            new SignerRefused(
                Reason.OTHER_LEDGER_KEY, "no ledger key here is " + ledgerKey.fingerprint()));
  }

  private void requireNotStopped() throws SignerRefused {
    if (stopped) {
      throw new SignerRefused(Reason.HEAD_NOT_DURABLE, "an earlier write of the head failed");
    }
  }

  private static void requireContinuation(
      SignerHead head, Checkpoint checkpoint, ConsistencyProof fromHead) throws SignerRefused {
    if (!checkpoint.origin().equals(head.origin())) {
      throw new SignerRefused(Reason.OTHER_ORIGIN, "these keys belong to " + head.origin());
    }
    if (checkpoint.size().compareTo(head.size()) < 0) {
      throw new SignerRefused(
          Reason.BEHIND_HEAD, "size " + checkpoint.size() + " after " + head.size());
    }
    if (!fromHead.from().equals(head.size())
        || !fromHead.to().equals(checkpoint.size())
        || !fromHead.verifies(head.root(), checkpoint.root())) {
      throw new SignerRefused(
          Reason.NOT_CONSISTENT,
          "the tree of size " + checkpoint.size() + " does not continue that of " + head.size());
    }
  }

  private void advance(SignerHead next) throws SignerRefused {
    if (next.equals(head)) {
      return;
    }
    try {
      headFile.write(next);
    } catch (IOException e) {
      stopped = true;
      throw new SignerRefused(Reason.HEAD_NOT_DURABLE, "the head could not be written", e);
    }
    head = next;
  }
}
