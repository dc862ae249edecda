package dev.daypass.signer;

import dev.daypass.ssh.signature.SshSig;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.SignedNote;

/**
 * A checkpoint with the ledger key's two signatures over its text (DESIGN section 3).
 *
 * @param note the C2SP signed note, raw Ed25519, under the origin's name
 * @param sshSig the SSHSIG in {@link #NAMESPACE} over the same note text, sha512
 */
public record SignedCheckpoint(Checkpoint checkpoint, SignedNote note, SshSig sshSig) {
  /** The SSHSIG namespace of checkpoints. */
  public static final String NAMESPACE = "checkpoint@daypass.dev";
}
