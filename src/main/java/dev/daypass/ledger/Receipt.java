package dev.daypass.ledger;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.InclusionProof;
import dev.daypass.tlog.Opaque;
import dev.daypass.tlog.TlogProof;
import java.util.Optional;

/**
 * The promise that an entry is durable and in a signed tree.
 *
 * @param encoded the entry's canonical form, as it was hashed
 */
public record Receipt(
    EntryNumber number,
    Entry entry,
    Bytes encoded,
    InclusionProof inclusion,
    SignedCheckpoint checkpoint) {
  /**
   * The text of the certificate extension {@code ledger-proof@daypass.dev}: tlog-proof@v1, whose
   * extra is the entry and the checkpoint's SSHSIG, a line each (DESIGN, section 6, "Proof").
   */
  public Bytes proofText() {
    Bytes extra = encoded.concat(Bytes.ofUtf8("\n" + checkpoint.sshSig().encode().base64() + "\n"));
    TlogProof proof =
        new TlogProof(
            number, inclusion.hashes(), checkpoint.note(), Optional.of(Opaque.of(extra.toArray())));
    return Bytes.of(proof.encodeUtf8());
  }
}
