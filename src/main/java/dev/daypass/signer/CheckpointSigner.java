package dev.daypass.signer;

import dev.daypass.signer.SignerRefused.Reason;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.SignedNote;
import java.util.List;

/**
 * The ledger key at work: both signatures of DESIGN section 3 over one note text. The two forms
 * cannot collide: what SSHSIG signs holds NUL bytes, a note holds none.
 */
final class CheckpointSigner {
  private final SshSigner ledger;
  private final NoteKey noteKey;

  CheckpointSigner(SshSigner ledger, String origin) {
    if (!(ledger.publicKey() instanceof Ed25519PublicKey key)) {
      throw new IllegalArgumentException("the ledger key must be Ed25519 (C2SP signed-note)");
    }
    this.ledger = ledger;
    // C2SP tlog-checkpoint: the name of the log's key should match the origin.
    this.noteKey = NoteKey.ofEd25519(origin, key.point().toArray());
  }

  SshPublicKey publicKey() {
    return ledger.publicKey();
  }

  SignedCheckpoint sign(Checkpoint checkpoint) throws SignerRefused {
    Bytes text = Bytes.ofUtf8(checkpoint.text());
    try {
      byte[] raw = ledger.sign(text).blob().toArray();
      SignedNote note = new SignedNote(checkpoint.text(), List.of(NoteSignature.of(noteKey, raw)));
      SshSig sshSig = SshSig.sign(ledger, SignedCheckpoint.NAMESPACE, text);
      if (!noteKey.verifies(note) || !sshSig.verifies(SignedCheckpoint.NAMESPACE, text)) {
        throw new SignerRefused(Reason.KEY_FAILED, "the ledger key's signature does not verify");
      }
      return new SignedCheckpoint(checkpoint, note, sshSig);
    } catch (SigningException e) {
      throw new SignerRefused(Reason.KEY_FAILED, "the ledger key did not sign", e);
    }
  }
}
