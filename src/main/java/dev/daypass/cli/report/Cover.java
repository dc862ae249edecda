package dev.daypass.cli.report;

import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.SignedNote;
import java.time.Instant;

/**
 * What a pack is about.
 *
 * @param from entries from that moment on
 * @param until and before that one
 * @param made when the pack was made
 * @param checkpoint the ledger up to which it was made
 * @param note that checkpoint as it was signed
 */
record Cover(
    Instant from,
    Instant until,
    Instant made,
    Checkpoint checkpoint,
    SignedNote note,
    Ed25519PublicKey ledgerKey) {}
