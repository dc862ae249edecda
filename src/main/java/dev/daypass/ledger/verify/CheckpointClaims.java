package dev.daypass.ledger.verify;

import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What checkpoints claim, held against the tree as it grows. */
final class CheckpointClaims {
  private final String origin;
  private final NoteKey ledgerKey;
  private final Consumer<LedgerFault> faults;

  /** Which root is claimed at which size. */
  private final SortedMap<Long, Hash> roots = new TreeMap<>();

  CheckpointClaims(String origin, NoteKey ledgerKey, Consumer<LedgerFault> faults) {
    this.origin = origin;
    this.ledgerKey = ledgerKey;
    this.faults = faults;
  }

  void add(String note) {
    try {
      add(SignedNote.parse(note));
    } catch (TlogFormatException e) {
      malformed(e);
    }
  }

  /** One that is malformed must not keep the others from being held against the tree. */
  void add(SignedNote note) {
    try {
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (!checkpoint.origin().equals(origin) || !ledgerKey.verifies(note)) {
        fault("a checkpoint is not signed by this ledger's key");
        return;
      }
      Hash other = roots.put(checkpoint.size().value(), checkpoint.root());
      if (other != null && !other.equals(checkpoint.root())) {
        fault("two roots were signed for size " + checkpoint.size());
      }
    } catch (TlogFormatException e) {
      malformed(e);
    }
  }

  /** The tree grows by these leaves. */
  void grow(Frontier frontier, List<Hash> leaves) {
    long first = frontier.size().value();
    for (Map.Entry<Long, Hash> claim :
        roots.subMap(first + 1, first + leaves.size() + 1).entrySet()) {
      int within = Math.toIntExact(claim.getKey() - first);
      if (!frontier.append(leaves.subList(0, within)).frontier().root().equals(claim.getValue())) {
        fault("another tree was signed at size " + claim.getKey());
      }
    }
  }

  /** The tree ended at this size. */
  void finish(long size) {
    roots
        .tailMap(size + 1)
        .forEach((then, _) -> fault("entries are missing: " + then + " were signed"));
  }

  /** The largest size for which a good checkpoint vouches. */
  long signed() {
    return roots.isEmpty() ? 0 : roots.lastKey();
  }

  private void malformed(TlogFormatException e) {
    fault("a checkpoint is malformed: " + e.getMessage());
  }

  private void fault(String problem) {
    faults.accept(LedgerFault.ofLedger(problem));
  }
}
