/**
 * The transparency log: Merkle trees, their proofs, checkpoints and signed notes.
 *
 * <p>Governed by RFC 6962 section 2.1 (tree and proofs; RFC 9162 section 2.1 for the verifying
 * algorithms) and by C2SP signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof. Tiles are
 * in {@code dev.daypass.tlog.tile}.
 *
 * <p>Knows bytes, hashes and notes; must not know what an entry means, SSH, storage or HTTP. It
 * verifies Ed25519 signatures and never makes one.
 *
 * <p>Every type is an immutable value and safe for use by any thread.
 */
@NullMarked
package dev.daypass.tlog;

import org.jspecify.annotations.NullMarked;
