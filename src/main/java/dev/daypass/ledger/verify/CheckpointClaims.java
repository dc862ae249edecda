package dev.daypass.ledger.verify;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.LedgerKeyHistory;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeSize;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What checkpoints claim, held against the tree as it grows. */
final class CheckpointClaims {
  private final String origin;

  /** Those that may have signed, by their fingerprints. */
  private final Map<Fingerprint, NoteKey> ledgerKeys = new HashMap<>();

  private final Consumer<LedgerFault> faults;

  /** Which root is claimed at which size. */
  private final SortedMap<Long, Hash> roots = new TreeMap<>();

  /** Which of them have signed that size. */
  private final SortedMap<Long, Set<Fingerprint>> signers = new TreeMap<>();

  private LedgerKeyHistory history = LedgerKeyHistory.EMPTY;

  CheckpointClaims(String origin, Collection<Ed25519PublicKey> keys, Consumer<LedgerFault> faults) {
    this.origin = origin;
    this.faults = faults;
    keys.forEach(
        key -> ledgerKeys.put(key.fingerprint(), NoteKey.ofEd25519(origin, key.point().toArray())));
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
      Set<Fingerprint> by = signersOf(note);
      if (!checkpoint.origin().equals(origin) || by.isEmpty()) {
        fault("a checkpoint is not signed by this ledger's key");
        return;
      }
      signers.computeIfAbsent(checkpoint.size().value(), _ -> new HashSet<>()).addAll(by);
      Hash other = roots.put(checkpoint.size().value(), checkpoint.root());
      if (other != null && !other.equals(checkpoint.root())) {
        fault("two roots were signed for size " + checkpoint.size());
      }
    } catch (TlogFormatException e) {
      malformed(e);
    }
  }

  /** What entries tell of the ledger's keys. */
  void learn(EntryNumber number, Entry entry) {
    if (entry.kind() == EntryKind.LEDGER_CREATED) {
      history = history.created(entry);
    } else if (entry.kind() == EntryKind.CA_KEY_ACTIVATED) {
      LedgerKeyHistory.keyOf(entry)
          .filter(ledgerKeys::containsKey)
          .ifPresent(key -> history = history.activated(number, key));
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
    if (ledgerKeys.size() > 1) {
      signers.forEach(this::checkInForce);
    }
    roots
        .tailMap(size + 1)
        .forEach((then, _) -> fault("entries are missing: " + then + " were signed"));
  }

  /** The largest size for which a good checkpoint vouches. */
  long signed() {
    return roots.isEmpty() ? 0 : roots.lastKey();
  }

  private Set<Fingerprint> signersOf(SignedNote note) {
    Set<Fingerprint> by = new HashSet<>();
    ledgerKeys.forEach((fingerprint, key) -> {
      if (key.verifies(note)) {
        by.add(fingerprint);
      }
    });
    return by;
  }

  /** A ledger key signs nothing before the entry that activates it, and nothing after the next. */
  private void checkInForce(long size, Set<Fingerprint> by) {
    List<Fingerprint> due = history.keysAt(new TreeSize(size));
    for (Fingerprint key : by) {
      if (!due.contains(key)) {
        fault("the checkpoint of size " + size + " is signed by " + key + ", not in force there");
      }
    }
  }

  private void malformed(TlogFormatException e) {
    fault("a checkpoint is malformed: " + e.getMessage());
  }

  private void fault(String problem) {
    faults.accept(LedgerFault.ofLedger(problem));
  }
}
