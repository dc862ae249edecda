/**
 * What each key may sign: the port {@link dev.daypass.signer.Signer} and the signer in this
 * process. DESIGN section 3 governs it.
 *
 * <p>The signer trusts nobody: it keeps its own durable head, reads the entry that it is shown with
 * its own reader, and signs a certificate only if a checkpoint that it signed itself includes it.
 * It must not know the ledger's code, HTTP, policy or where keys lie; keys come as {@link
 * dev.daypass.ssh.signature.SshSigner}s, the head as a {@link dev.daypass.signer.HeadFile}.
 *
 * <p>Checkpoints are signed by one thread at a time (the sequencer's); certificates on any number
 * of request threads at once, without a lock.
 */
@NullMarked
package dev.daypass.signer;

import org.jspecify.annotations.NullMarked;
