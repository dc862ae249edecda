package dev.daypass.fleet.key;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.PublicKeys;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerHead;
import dev.daypass.signer.SignerRefused;
import dev.daypass.signer.SignerRefused.Reason;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.InclusionProof;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.SignedNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A signer that signs with the keys that are active by the ledger's word: the first that {@link
 * #keys} names of each use. A checkpoint is signed by the ledger key in force at its size, the last
 * one of a ledger key by its successor as well.
 */
public final class StagedSigner implements Signer {
  private final Signer signer;
  private final KeyBook book;

  /** Made again when keys or stages change. */
  private volatile Ordered ordered;

  public StagedSigner(Signer signer, KeyBook book) {
    this.signer = signer;
    this.book = book;
    this.ordered = Ordered.of(signer.keys(), book.all());
  }

  private record Ordered(PublicKeys held, List<StagedKey> stages, PublicKeys keys) {
    static Ordered of(PublicKeys held, List<StagedKey> stages) {
      return new Ordered(
          held,
          stages,
          new PublicKeys(
              activeFirst(held.userCas(), KeyUse.USER_CA, stages),
              activeFirst(held.hostCas(), KeyUse.HOST_CA, stages),
              activeFirst(held.ledgers(), KeyUse.LEDGER, stages)));
    }

    private static List<SshPublicKey> activeFirst(
        List<SshPublicKey> held, KeyUse use, List<StagedKey> stages) {
      Optional<Fingerprint> active =
          stages.stream()
              .filter(key -> key.use() == use && key.stage() == KeyStage.ACTIVE)
              .map(StagedKey::fingerprint)
              .findFirst();
      List<SshPublicKey> sorted = new ArrayList<>(held);
      active.ifPresent(first ->
          held.stream()
              .filter(key -> key.fingerprint().equals(first))
              .forEach(key -> {
                sorted.remove(key);
                sorted.addFirst(key);
              }));
      return sorted;
    }
  }

  /** What it holds or what the ledger says has changed. */
  public void reorder() {
    ordered = Ordered.of(signer.keys(), book.all());
  }

  @Override
  public PublicKeys keys() {
    return ordered.keys();
  }

  @Override
  public SignerHead head() throws SignerRefused {
    return signer.head();
  }

  @Override
  public SignedCheckpoint signCheckpoint(Checkpoint checkpoint, ConsistencyProof fromHead)
      throws SignerRefused {
    List<SshPublicKey> due = new ArrayList<>();
    for (Fingerprint wanted : book.ledgerKeysAt(checkpoint.size())) {
      keys().ledgers().stream().filter(key -> key.fingerprint().equals(wanted)).forEach(due::add);
    }
    if (due.isEmpty()) {
      return signCheckpoint(checkpoint, fromHead, keys().ledger());
    }
    SignedCheckpoint signed = signCheckpoint(checkpoint, fromHead, due.getFirst());
    return due.size() == 1 ? signed : handOver(signed, due.getLast());
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
    return signer.signCertificate(content, entry, inclusion);
  }

  /** The same checkpoint with the successor's signature below, which its SSHSIG is by. */
  SignedCheckpoint handOver(SignedCheckpoint last, SshPublicKey successor) throws SignerRefused {
    Checkpoint checkpoint = last.checkpoint();
    ConsistencyProof none = new ConsistencyProof(checkpoint.size(), checkpoint.size(), List.of());
    SignedCheckpoint next = signer.signCheckpoint(checkpoint, none, successor);
    List<NoteSignature> both = new ArrayList<>(last.note().signatures());
    both.addAll(next.note().signatures());
    return new SignedCheckpoint(checkpoint, new SignedNote(checkpoint.text(), both), next.sshSig());
  }

  /** Refuses to begin where the ledger's active keys are elsewhere. */
  public void requireActive() throws SignerRefused {
    Optional<StagedKey> absent = book.missingFrom(signer.keys());
    if (absent.isPresent()) {
      throw new SignerRefused(
          absent.get().use() == KeyUse.LEDGER ? Reason.OTHER_LEDGER_KEY : Reason.OTHER_CA_KEY,
          "the ledger says that %s %s is active, and it is not here; configure it"
              .formatted(absent.get().use().keyName(), absent.get().fingerprint()));
    }
  }
}
