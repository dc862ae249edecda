package dev.daypass.e2e.host;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.Opaque;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogProof;
import dev.daypass.tlog.TreeSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One granted certificate, and what a thief of the CA key makes of it: each forgery is signed anew,
 * so that the proof alone can tell.
 */
final class Forgery implements AutoCloseable {
  private static final int OTHER_ENTRIES = 9;

  private final TestLedger ledger;
  private final Certificate granted;
  private final Certificate other;

  Forgery() throws Exception {
    ledger = TestLedger.over(new InMemoryLedgerStore());
    for (int i = 0; i < OTHER_ENTRIES; i++) {
      ledger.append(TestLedger.started());
    }
    granted = grant("alice");
    other = grant("bob");
  }

  /** What the CA itself signed. */
  Certificate granted() {
    return granted;
  }

  CertificateContent content() {
    return granted.content();
  }

  /** Another one of the same ledger. */
  Certificate otherGranted() {
    return other;
  }

  SshSigner userCa() {
    return ledger.userCa();
  }

  SshSigner ledgerKey() {
    return ledger.ledgerSigner();
  }

  Certificate signed(CertificateContent content) throws SigningException {
    return new Certificate(content, userCa().sign(content.toBeSigned()));
  }

  /** The certificate with these bytes for extensions, as well formed or not as they are. */
  Bytes withExtensions(Bytes packed) throws SigningException {
    return signed(Bytes.EMPTY, packed, new WireWriter().string(Bytes.EMPTY).toBytes());
  }

  /** The whole certificate, its critical options, its extensions and what follows them. */
  Bytes signed(Bytes critical, Bytes extensions, Bytes reserved) throws SigningException {
    Bytes original = content().toBeSigned();
    WireWriter ca = new WireWriter().string(content().caKey().blob());
    int tail =
        12 + content().criticalOptions().encode().size() + content().extensions().encode().size();
    Bytes toBeSigned =
        new WireWriter()
            .raw(original.slice(0, original.size() - ca.size() - tail))
            .string(critical)
            .string(extensions)
            .raw(reserved)
            .raw(ca.toBytes())
            .toBytes();
    return new WireWriter().raw(toBeSigned).string(userCa().sign(toBeSigned).encode()).toBytes();
  }

  TlogProof proof() throws Exception {
    return TlogProof.decode(content().proof().orElseThrow().toArray());
  }

  /** Another proof text in the same certificate. */
  Certificate withProof(String text) throws SigningException {
    return signed(content().withoutProof().withProof(Bytes.ofUtf8(text)));
  }

  Certificate withProof(UnaryOperator<String> change) throws Exception {
    return withProof(change.apply(content().proof().orElseThrow().utf8()));
  }

  Certificate withExtra(UnaryOperator<String> change) throws Exception {
    TlogProof proof = proof();
    String extra = Bytes.of(proof.extra().orElseThrow().toArray()).utf8();
    Opaque changed = Opaque.of(Bytes.ofUtf8(change.apply(extra)).toArray());
    return withProof(
        new TlogProof(proof.index(), proof.path(), proof.checkpoint(), Optional.of(changed))
            .encode());
  }

  Certificate withSignature(SshSig signature) throws Exception {
    return withExtra(
        extra -> extra.substring(0, extra.indexOf('\n') + 1) + signature.encode().base64() + "\n");
  }

  /**
   * The entry changed, in a tree of its own: right as far as hashes go, the checkpoint signed by
   * that key.
   */
  Certificate inOwnTree(UnaryOperator<String> entryChange, SshSigner signer) throws Exception {
    return inOwnTree(entryChange, signer, 4);
  }

  /** What was granted, proved in a full tree of 2^levels entries. */
  Certificate inDeepTree(int levels) throws Exception {
    return inOwnTree(entry -> entry, ledgerKey(), levels);
  }

  private Certificate inOwnTree(UnaryOperator<String> entryChange, SshSigner signer, int levels)
      throws Exception {
    String extra = Bytes.of(proof().extra().orElseThrow().toArray()).utf8();
    Bytes entry = Bytes.ofUtf8(entryChange.apply(extra.substring(0, extra.indexOf('\n'))));
    Hash root = Hash.leaf(entry.toArray());
    List<Hash> path = Collections.nCopies(levels, Hash.leaf(new byte[] {1}));
    long number = proof().index().value();
    Hash head = rootOf(root, number, path);
    SignedNote note =
        signedNote(new Checkpoint(TestLedger.ORIGIN, new TreeSize(1L << levels), head), signer);
    SshSig sshSig = SshSig.sign(signer, "checkpoint@daypass.dev", Bytes.ofUtf8(note.text()));
    Bytes data = entry.concat(Bytes.ofUtf8("\n" + sshSig.encode().base64() + "\n"));
    TlogProof forged =
        new TlogProof(new EntryNumber(number), path, note, Optional.of(Opaque.of(data.toArray())));
    return withProof(forged.encode());
  }

  /** The certificate with these witnesses' cosignatures in its checkpoint. */
  Certificate withCosignatures(TestWitness... witnesses) throws Exception {
    List<NoteSignature> signatures = new ArrayList<>();
    for (TestWitness witness : witnesses) {
      signatures.add(witness.cosign(proof().checkpoint().text()));
    }
    return withNoteSignatures(signatures);
  }

  /** The certificate with more signatures in its checkpoint. */
  Certificate withNoteSignatures(List<NoteSignature> signatures) throws Exception {
    TlogProof proof = proof();
    SignedNote note = proof.checkpoint();
    for (NoteSignature signature : signatures) {
      note = note.with(signature);
    }
    return withProof(new TlogProof(proof.index(), proof.path(), note, proof.extra()).encode());
  }

  @Override
  public void close() {
    ledger.close();
  }

  private Certificate grant(String person) throws Exception {
    Draft draft = ledger.granting(person);
    Receipt receipt = ledger.append(draft);
    return ledger.issue(draft, receipt);
  }

  /** The root of a full tree in which each sibling on the way up is given. */
  private static Hash rootOf(Hash leaf, long number, List<Hash> siblings) {
    Hash hash = leaf;
    for (Hash sibling : siblings) {
      hash = (number & 1) == 1 ? Hash.node(sibling, hash) : Hash.node(hash, sibling);
      number >>= 1;
    }
    return hash;
  }

  private static SignedNote signedNote(Checkpoint checkpoint, SshSigner signer) throws Exception {
    byte[] point = ((Ed25519PublicKey) signer.publicKey()).point().toArray();
    NoteKey key = NoteKey.ofEd25519(checkpoint.origin(), point);
    byte[] signature = signer.sign(Bytes.ofUtf8(checkpoint.text())).blob().toArray();
    return new SignedNote(checkpoint.text(), List.of(NoteSignature.of(key, signature)));
  }
}
