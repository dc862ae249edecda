package dev.daypass.ledger;

import dev.daypass.ledger.store.StoredHead;
import dev.daypass.signer.SignedCheckpoint;
import java.util.Optional;

/**
 * Where the ledger stands between two batches.
 *
 * @param checkpoint the newest signed checkpoint; for a ledger that takes entries it is that of the
 *     head, absent only before the first entry
 */
record Tip(StoredHead head, TileEdge edge, Optional<SignedCheckpoint> checkpoint) {}
