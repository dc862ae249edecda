package dev.daypass.fleet.key;

import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;

/**
 * A key and its stage, as the ledger says.
 *
 * @param since when it came to that stage
 * @param entry which entry says so
 */
public record StagedKey(
    KeyUse use, Fingerprint fingerprint, KeyStage stage, Instant since, EntryNumber entry) {
  StagedKey at(KeyStage next, Instant now, EntryNumber number) {
    return new StagedKey(use, fingerprint, next, now, number);
  }
}
