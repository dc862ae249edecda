package dev.daypass.ledger;

import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.Frontier;
import java.util.List;

/** A batch that is durable, with those who wait for it; its checkpoint is not signed yet. */
record Written(PreparedBatch batch, List<Pending> drafts) {
  /** The tree that holds it. */
  Checkpoint tree(String origin) {
    Frontier frontier = batch.batch().after().frontier();
    return new Checkpoint(origin, frontier.size(), frontier.root());
  }
}
