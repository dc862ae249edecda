package dev.daypass.ledger.verify;

import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks a whole ledger again, from the bytes in its store: each entry and its details, numbers and
 * times, the tree, its tiles and its frontier, what the entries say of logins, and that each
 * checkpoint given is one of this tree. For one verification and one thread; it uses all
 * processors.
 */
public final class LedgerVerifier {
  /** A ruined ledger need not be described entry by entry. */
  public static final int MAX_FAULTS = 100;

  private static final int CHUNK = 1024;

  private final LedgerStore store;
  private final String origin;
  private final NoteKey ledgerKey;
  private final CertificateRebuild rebuild;
  private final List<LedgerFault> faults = new ArrayList<>();
  private final TileCheck tiles;
  private final LoginTrail logins = new LoginTrail(faults::add);
  private final RevocationTrail revocations = new RevocationTrail(faults::add);

  /** Which root the checkpoints claim at which size. */
  private final SortedMap<Long, Hash> claims = new TreeMap<>();

  /** Entries without details that no erasure has named so far. */
  private final SortedSet<Long> unexplained = new TreeSet<>();

  private Frontier frontier = Frontier.EMPTY;
  private Instant newestAt = Instant.EPOCH;
  private long erased;
  private long rebuilt;

  public LedgerVerifier(
      LedgerStore store, String origin, Ed25519PublicKey ledgerKey, CertificateRebuild rebuild) {
    this.store = store;
    this.origin = origin;
    this.ledgerKey = NoteKey.ofEd25519(origin, ledgerKey.point().toArray());
    this.rebuild = rebuild;
    this.tiles = new TileCheck(store, faults);
  }

  /**
   * Verifies everything that the store's head covers, with the store's own checkpoint and these.
   *
   * @param checkpoints seen elsewhere: at the daemon, at a witness, in a certificate's proof
   */
  public LedgerReport verify(List<SignedNote> checkpoints) throws StoreFailed {
    StoredHead head = store.head();
    claim(checkpoints);
    TreeSize size = head.frontier().size();
    while (frontier.size().compareTo(size) < 0 && faults.size() < MAX_FAULTS) {
      long left = size.value() - frontier.size().value();
      EntryNumber next = frontier.size().nextEntry();
      List<StoredEntry> chunk = store.entries(next, (int) Math.min(left, CHUNK));
      if (chunk.isEmpty()) {
        fault(LedgerFault.of(next.value(), "the entry is missing"));
        break;
      }
      check(chunk);
    }
    unexplained.forEach(number ->
        fault(LedgerFault.of(number, "its details are gone, and no later entry erased them")));
    logins.finish(newestAt);
    revocations.finish(newestAt);
    compare(head);
    long signed = claims.isEmpty() ? 0 : claims.lastKey();
    claims
        .tailMap(frontier.size().value() + 1)
        .forEach((then, _) ->
            fault(LedgerFault.ofLedger("entries are missing: " + then + " were signed")));
    return new LedgerReport(
        size,
        frontier.root(),
        erased,
        rebuilt,
        new TreeSize(Math.min(signed, size.value())),
        faults.subList(0, Math.min(faults.size(), MAX_FAULTS)));
  }

  private void claim(List<SignedNote> given) throws StoreFailed {
    given.forEach(this::claim);
    var stored = store.checkpoint();
    if (stored.isPresent()) {
      try {
        claim(SignedNote.parse(stored.get()));
      } catch (TlogFormatException e) {
        fault(malformed(e));
      }
    }
  }

  /** One that is malformed must not keep the others from being held against the tree. */
  private void claim(SignedNote note) {
    try {
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (!checkpoint.origin().equals(origin) || !ledgerKey.verifies(note)) {
        fault(LedgerFault.ofLedger("a checkpoint is not signed by this ledger's key"));
        return;
      }
      Hash other = claims.put(checkpoint.size().value(), checkpoint.root());
      if (other != null && !other.equals(checkpoint.root())) {
        fault(LedgerFault.ofLedger("two roots were signed for size " + checkpoint.size()));
      }
    } catch (TlogFormatException e) {
      fault(malformed(e));
    }
  }

  private void check(List<StoredEntry> chunk) throws StoreFailed {
    long first = frontier.size().value();
    List<CheckedEntry> checked =
        chunk.parallelStream().map(entry -> CheckedEntry.of(entry, origin, rebuild)).toList();
    List<Hash> leaves = new ArrayList<>(checked.size());
    for (CheckedEntry entry : checked) {
      if (entry.number() != first + leaves.size()) {
        fault(LedgerFault.of(first + leaves.size(), "the entry is missing"));
      }
      entry.faults().forEach(this::fault);
      checkTime(entry);
      checkErasure(entry);
      entry.login().ifPresent(step -> logins.add(entry.number(), newestAt, step));
      entry.entry().ifPresent(read -> revocations.add(entry.number(), read, entry.details()));
      rebuilt += entry.rebuilt() ? 1 : 0;
      leaves.add(entry.leaf());
      tiles.add(entry.leaf());
    }
    for (Map.Entry<Long, Hash> claim :
        claims.subMap(first + 1, first + leaves.size() + 1).entrySet()) {
      int within = Math.toIntExact(claim.getKey() - first);
      if (!frontier.append(leaves.subList(0, within)).frontier().root().equals(claim.getValue())) {
        fault(LedgerFault.ofLedger("another tree was signed at size " + claim.getKey()));
      }
    }
    frontier = frontier.append(leaves).frontier();
  }

  /** Details that are gone must be named by a later entry: a thief leaves none. */
  private void checkErasure(CheckedEntry entry) {
    if (entry.absent()) {
      unexplained.add(entry.number());
    }
    if (entry.erases().isPresent() && unexplained.remove(entry.erases().get().value())) {
      erased++;
    }
  }

  private void checkTime(CheckedEntry entry) {
    if (entry.at().isPresent()) {
      if (entry.at().get().isBefore(newestAt)) {
        fault(LedgerFault.of(entry.number(), "its time is before that of an earlier entry"));
      }
      newestAt = entry.at().get();
    }
  }

  private void compare(StoredHead head) {
    if (!frontier.peaks().equals(head.frontier().peaks())) {
      fault(LedgerFault.ofLedger("the stored frontier is not that of the entries"));
    }
    if (!newestAt.equals(head.newestAt())) {
      fault(LedgerFault.ofLedger("the stored newest time is not that of the last entry"));
    }
  }

  private static LedgerFault malformed(TlogFormatException e) {
    return LedgerFault.ofLedger("a checkpoint is malformed: " + e.getMessage());
  }

  private void fault(LedgerFault fault) {
    faults.add(fault);
  }
}
