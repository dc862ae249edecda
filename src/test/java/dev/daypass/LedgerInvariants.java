package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.Serial;
import dev.daypass.custody.TwoSlotHeadFile;
import dev.daypass.issuance.GrantRebuild;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ledger.verify.CertificateProofVerifier;
import dev.daypass.ledger.verify.LedgerVerifier;
import dev.daypass.ledger.verify.ProofVerdict;
import dev.daypass.signer.SignerHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold of a ledger at every moment, whatever happened to its daemon (RELIABILITY, R1),
 * checked against everything that clients received. It remembers the serials that it has seen, so
 * that one instance belongs to the whole life of a ledger.
 */
final class LedgerInvariants {
  private final CaFiles files;

  /**
   * Which certificate has a serial; the bytes to be signed, as the same may be handed out twice.
   */
  private final Map<Serial, Bytes> bySerial = new HashMap<>();

  /** How many of the released certificates {@link #checkDead} has seen. */
  private int checked;

  LedgerInvariants(CaFiles files) {
    this.files = files;
  }

  /**
   * Checks the files that a dead daemon left, as they lie: what the clients received since the last
   * check, and the signer's head.
   *
   * @param whole whether the whole ledger is to be verified as well
   */
  void checkDead(Observed observed, boolean whole) throws StoreFailed, IOException {
    List<Certificate> released = observed.certificates();
    List<SignedNote> checkpoints = observed.checkpoints();
    try (LedgerCopy copy = LedgerCopy.ofDead(files.store());
        TwoSlotHeadFile head = TwoSlotHeadFile.open(files.config().ledger().head())) {
      checkHead(copy.store(), head.read(), released);
      checkConsistency(copy.store(), checkpoints);
      checkReleased(copy.store(), released.subList(checked, released.size()));
      if (whole) {
        checkLedger(copy.store(), checkpoints);
      }
    }
    checked = released.size();
  }

  /** Checks everything: the whole ledger, and each thing that was ever received. */
  void check(LedgerStore store, List<Certificate> released, List<SignedNote> checkpoints)
      throws StoreFailed {
    checkLedger(store, checkpoints);
    checkConsistency(store, checkpoints);
    checkReleased(store, released);
  }

  /** Every entry, hash and tile again from their bytes; each checkpoint is one of this tree. */
  void checkLedger(LedgerStore store, List<SignedNote> checkpoints) throws StoreFailed {
    var report =
        new LedgerVerifier(store, CaFiles.ORIGIN, files.ledgerKeys(), GrantRebuild.ofKeysIn(store))
            .verify(checkpoints);
    assertThat(report.faults()).as("faults of the ledger").isEmpty();
  }

  /** A proof between every two neighbours by size; being consistent is transitive. */
  void checkConsistency(LedgerStore store, List<SignedNote> checkpoints) throws StoreFailed {
    TreeProver prover = new TreeProver(new StoredHashes(store));
    StoredHead head = store.head();
    Checkpoint older = new Checkpoint(CaFiles.ORIGIN, TreeSize.ZERO, Hash.EMPTY_ROOT);
    List<Checkpoint> bySize =
        checkpoints.stream()
            .map(LedgerInvariants::parsed)
            .sorted(Comparator.comparing(Checkpoint::size))
            .toList();
    for (Checkpoint newer : bySize) {
      assertThat(newer.size())
          .as("no entry that was signed for is missing")
          .isLessThanOrEqualTo(head.frontier().size());
      assertThat(
              prover.consistency(older.size(), newer.size()).verifies(older.root(), newer.root()))
          .as("checkpoint %s is consistent with %s", newer.size(), older.size())
          .isTrue();
      older = newer;
    }
  }

  /** Each certificate is proven by itself, and included in the tree as it stands now. */
  void checkReleased(LedgerStore store, List<Certificate> released) throws StoreFailed {
    TreeProver prover = new TreeProver(new StoredHashes(store));
    StoredHead head = store.head();
    CertificateProofVerifier proofs =
        new CertificateProofVerifier(CaFiles.ORIGIN, files.ledgerKeys(), files.userCas());
    for (Certificate certificate : released) {
      Serial serial = certificate.content().serial();
      Bytes signed = certificate.content().toBeSigned().sha256();
      assertThat(bySerial.computeIfAbsent(serial, _ -> signed))
          .as("serial %s stands for one certificate", serial)
          .isEqualTo(signed);
      if (certificate.content().type() == CertificateType.USER) {
        checkProof(proofs, certificate);
      }
      EntryNumber number = new EntryNumber(serial.bits());
      Entry entry =
          grantOf(
              certificate,
              store
                  .entry(number)
                  .orElseThrow(() ->
                      new AssertionError("certificate " + serial + " is missing from the ledger")));
      assertThat(
              prover
                  .inclusion(number, head.frontier().size())
                  .verifies(entry.leafHash(), head.frontier().root()))
          .as("certificate %s is included in the tree of now", serial)
          .isTrue();
    }
  }

  /**
   * The signer's head is of this tree, not ahead of it, and covers whatever was released (DESIGN
   * section 6, Order).
   */
  void checkHead(LedgerStore store, SignerHead signer, List<Certificate> released)
      throws StoreFailed {
    for (Certificate certificate : released) {
      assertThat(certificate.content().serial().bits())
          .as("both syncs came before the release")
          .isLessThan(signer.size().value());
    }
    assertThat(signer.origin()).isEqualTo(CaFiles.ORIGIN);
    assertThat(signer.size())
        .as("the signer signed for nothing that was not durable")
        .isLessThanOrEqualTo(store.head().frontier().size());
    assertThat(new TreeProver(new StoredHashes(store)).root(signer.size()))
        .as("root at the signer's size")
        .isEqualTo(signer.root());
  }

  private static void checkProof(CertificateProofVerifier proofs, Certificate certificate) {
    ProofVerdict verdict = proofs.verify(certificate);
    assertThat(verdict)
        .as("proof of %s", certificate.content().serial())
        .isInstanceOf(ProofVerdict.Proven.class);
  }

  private static Entry grantOf(Certificate certificate, StoredEntry stored) {
    try {
      Entry entry = Entry.decode(stored.entry());
      EntryKind expected =
          switch (certificate.content().type()) {
            case USER -> EntryKind.CERTIFICATE_GRANTED;
            case HOST -> EntryKind.HOST_CERTIFICATE_GRANTED;
          };
      assertThat(entry.kind()).isEqualTo(expected);
      assertThat(entry.commitSsh()).contains(certificate.content().commitment());
      return entry;
    } catch (EntryFormatException e) {
      throw new AssertionError("a damaged entry", e);
    }
  }

  private static Checkpoint parsed(SignedNote note) {
    try {
      return Checkpoint.parse(note.text());
    } catch (TlogFormatException e) {
      throw new AssertionError("not a checkpoint", e);
    }
  }
}
