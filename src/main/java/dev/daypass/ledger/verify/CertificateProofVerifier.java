package dev.daypass.ledger.verify;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.LedgerProofExtension;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigHash;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.Opaque;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TlogProof;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies offline that a user certificate is in the ledger, by the proof that it carries (DESIGN,
 * section 6, "Proof"): the same checks as a server in proof mode makes.
 */
public final class CertificateProofVerifier {
  private final String origin;
  private final Set<Ed25519PublicKey> ledgerKeys;
  private final Set<SshPublicKey> userCaKeys;

  /**
   * @param origin the one ledger that is believed
   * @param userCaKeys the CA keys that may have signed the certificate
   */
  public CertificateProofVerifier(
      String origin, Ed25519PublicKey ledgerKey, Set<SshPublicKey> userCaKeys) {
    this(origin, Set.of(ledgerKey), userCaKeys);
  }

  /**
   * @param ledgerKeys the keys that may have signed the proof's checkpoint
   */
  public CertificateProofVerifier(
      String origin, Set<Ed25519PublicKey> ledgerKeys, Set<SshPublicKey> userCaKeys) {
    this.origin = origin;
    this.ledgerKeys = Set.copyOf(ledgerKeys);
    this.userCaKeys = Set.copyOf(userCaKeys);
  }

  /** Makes each check in turn, up to the first that fails. */
  public ProofVerdict verify(Certificate certificate) {
    ProofTrail trail = new ProofTrail();
    try {
      CertificateContent content = certificate.content();
      checkCertificate(certificate, trail);
      TlogProof proof = proof(content, trail);
      checkNumber(content, proof, trail);
      ProofExtra extra = extra(proof, trail);
      Entry entry = entry(extra, trail);
      checkCommitment(content, entry, trail);
      Checkpoint tree = checkInclusion(proof, extra, trail);
      checkSshSig(proof, extra, checkNote(proof, tree, trail), trail);
      return new ProofVerdict.Proven(trail.steps(), proof.index(), entry, tree);
    } catch (ProofTrail.Broken _) {
      return new ProofVerdict.NotProven(trail.steps());
    }
  }

  private void checkCertificate(Certificate certificate, ProofTrail trail)
      throws ProofTrail.Broken {
    CertificateContent content = certificate.content();
    trail.require(
        content.type() == CertificateType.USER, "certificate", "it is not a user certificate");
    trail.require(
        userCaKeys.contains(content.caKey()),
        "certificate",
        "its CA key " + content.caKey().fingerprint() + " is not trusted");
    trail.require(certificate.signatureVerifies(), "certificate", "the CA's signature is not good");
    trail.pass("certificate", "signed by the CA key " + content.caKey().fingerprint());
  }

  /** Sorted and single: {@link Certificate} has no other form, its decoder refuses one. */
  private static TlogProof proof(CertificateContent content, ProofTrail trail)
      throws ProofTrail.Broken {
    String name = "proof extension";
    trail.require(content.extensions().contains(LedgerProofExtension.NAME), name, "there is none");
    trail.require(
        !content.criticalOptions().contains(LedgerProofExtension.NAME),
        name,
        "it is a critical option as well");
    Optional<Bytes> text = content.proof();
    trail.require(text.isPresent(), name, "its data is not exactly one string");
    Bytes bytes = text.orElseThrow();
    trail.require(bytes.size() <= LedgerProofExtension.MAX_BYTES, name, "it is larger than 8 KiB");
    try {
      TlogProof proof = TlogProof.decode(bytes.toArray());
      trail.require(
          Bytes.ofUtf8(proof.encode()).equals(bytes), name, "it is not in canonical form");
      trail.pass(name, bytes.size() + " bytes, " + proof.path().size() + " hashes");
      return proof;
    } catch (TlogFormatException e) {
      throw trail.broken(name, "it is no tlog-proof: " + e.getMessage());
    }
  }

  private static void checkNumber(CertificateContent content, TlogProof proof, ProofTrail trail)
      throws ProofTrail.Broken {
    // As text, and unsigned on the certificate's side: no value wraps into another.
    String serial = content.serial().toString();
    EntryNumber index = proof.index();
    trail.require(
        serial.equals(index.toString()), "number", "serial " + serial + ", but entry " + index);
    trail.pass("number", "serial and entry number are both " + serial);
  }

  private static ProofExtra extra(TlogProof proof, ProofTrail trail) throws ProofTrail.Broken {
    Optional<Opaque> data = proof.extra();
    trail.require(data.isPresent(), "entry", "the proof does not bring it");
    try {
      return ProofExtra.decode(Bytes.of(data.orElseThrow().toArray()));
    } catch (SshFormatException e) {
      throw trail.broken("entry", "the proof's extra is malformed: " + e.getMessage());
    }
  }

  private static Entry entry(ProofExtra extra, ProofTrail trail) throws ProofTrail.Broken {
    try {
      Entry entry = Entry.decode(extra.entry());
      // DESIGN, section 6: of a user certificate this kind only.
      trail.require(
          entry.kind() == EntryKind.CERTIFICATE_GRANTED,
          "entry",
          "it is of kind " + entry.kind().wireName());
      trail.pass("entry", entry.kind().wireName() + " at " + entry.at());
      return entry;
    } catch (EntryFormatException e) {
      throw trail.broken("entry", String.valueOf(e.getMessage()));
    }
  }

  private static void checkCommitment(CertificateContent content, Entry entry, ProofTrail trail)
      throws ProofTrail.Broken {
    trail.require(
        entry.commitSsh().equals(Optional.of(content.commitment())),
        "commitment",
        "the entry commits to another certificate");
    trail.pass("commitment", "the entry commits to each byte of this certificate");
  }

  private static Checkpoint checkInclusion(TlogProof proof, ProofExtra extra, ProofTrail trail)
      throws ProofTrail.Broken {
    Checkpoint tree = proof.tree();
    trail.require(
        proof.inclusion().verifies(extra.leafHash(), tree.root()),
        "inclusion",
        "the hashes do not lead from the entry to the tree's root");
    trail.pass(
        "inclusion", "entry " + proof.index() + " is in the tree of " + tree.size() + " entries");
    return tree;
  }

  private Ed25519PublicKey checkNote(TlogProof proof, Checkpoint tree, ProofTrail trail)
      throws ProofTrail.Broken {
    trail.require(
        tree.origin().equals(origin), "checkpoint", "it is of another ledger: " + tree.origin());
    Optional<Ed25519PublicKey> signer =
        ledgerKeys.stream()
            .filter(key ->
                NoteKey.ofEd25519(origin, key.point().toArray()).verifies(proof.checkpoint()))
            .findFirst();
    trail.require(signer.isPresent(), "checkpoint", "the ledger key has not signed it");
    trail.pass("checkpoint", "of " + origin + ", signed by " + signer.orElseThrow().fingerprint());
    return signer.orElseThrow();
  }

  /** The form that a server can check with {@code ssh-keygen -Y verify} alone. */
  private static void checkSshSig(
      TlogProof proof, ProofExtra extra, Ed25519PublicKey ledgerKey, ProofTrail trail)
      throws ProofTrail.Broken {
    String name = "SSH signature";
    SshSig signature = extra.checkpointSignature();
    trail.require(signature.publicKey().equals(ledgerKey), name, "it is not by the ledger key");
    trail.require(signature.hash() == SshSigHash.SHA512, name, "its hash is not sha512");
    trail.require(
        signature.verifies(SignedCheckpoint.NAMESPACE, Bytes.ofUtf8(proof.checkpoint().text())),
        name,
        "it is not over this checkpoint");
    trail.pass(name, "over the same checkpoint, in namespace " + SignedCheckpoint.NAMESPACE);
  }
}
