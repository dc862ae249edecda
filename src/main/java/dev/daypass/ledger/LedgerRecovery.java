package dev.daypass.ledger;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Loss;
import dev.daypass.ledger.store.Batch;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.NewEntry;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoreFull;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ledger.verify.LedgerSource;
import dev.daypass.signer.SignerHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Growth;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings entries back that a store lost, from a copy of the published files (DESIGN, section 6,
 * "Lost entries"). The signer's head says what must come out: nothing is written before the copy
 * was seen to lead there. Copies have no details; those of the entries become tombstones.
 */
public final class LedgerRecovery {
  private static final int CHUNK = 4096;

  /** Never stored: the tombstone takes its place in the same commit. */
  private static final Bytes NO_DETAILS = Bytes.ofUtf8("{}");

  private final LedgerStore store;
  private final SignerHead signed;
  private final LedgerSource copy;

  /**
   * @param signed what the signer has bound itself to
   */
  public LedgerRecovery(LedgerStore store, SignerHead signed, LedgerSource copy) {
    this.store = store;
    this.signed = signed;
    this.copy = copy;
  }

  /**
   * The entries that the store lacks; empty if it lacks none.
   *
   * @throws RecoveryRefused if the copy does not lead from the store to the signer's head
   */
  public Optional<Loss> missing() throws StoreFailed, RecoveryRefused {
    TreeSize have = store.head().frontier().size();
    if (have.compareTo(signed.size()) >= 0) {
      return Optional.empty();
    }
    if (copy.size().compareTo(signed.size()) < 0) {
      throw new RecoveryRefused(
          "the copy ends at "
              + copy.size()
              + " entries; the signer has signed for "
              + signed.size());
    }
    Frontier frontier = store.head().frontier();
    while (frontier.size().compareTo(signed.size()) < 0) {
      frontier = frontier.append(leaves(chunk(frontier.size()))).frontier();
    }
    if (!frontier.root().equals(signed.root())) {
      throw new RecoveryRefused(
          "the copy does not continue what is stored here up to what the signer has signed for");
    }
    return Optional.of(new Loss(have.nextEntry(), new EntryNumber(signed.size().value() - 1)));
  }

  /**
   * Writes the missing entries, which {@link #missing} has found good. Done again after a crash it
   * goes on.
   *
   * @return how many of each kind were brought back
   */
  public Map<EntryKind, Long> bringBack() throws StoreFailed, StoreFull, RecoveryRefused {
    Map<EntryKind, Long> kinds = new EnumMap<>(EntryKind.class);
    StoredHead head = store.head();
    TileEdge edge = TileEdge.read(head.frontier().size(), new StoredHashes(store));
    while (head.frontier().size().compareTo(signed.size()) < 0) {
      List<StoredEntry> chunk = chunk(head.frontier().size());
      List<NewEntry> entries = new ArrayList<>(chunk.size());
      for (StoredEntry stored : chunk) {
        NewEntry entry = withoutDetails(stored);
        entries.add(entry);
        kinds.merge(entry.entry().kind(), 1L, Long::sum);
      }
      Growth growth = head.frontier().append(leaves(chunk));
      TileEdge.Advance advance = edge.advance(growth);
      StoredHead after = new StoredHead(growth.frontier(), entries.getLast().entry().at());
      store.append(
          new Batch(head.frontier().size(), after, entries, advance.tiles(), Optional.empty()));
      head = after;
      edge = advance.edge();
    }
    return kinds;
  }

  private List<StoredEntry> chunk(TreeSize from) throws StoreFailed, RecoveryRefused {
    int limit = (int) Math.min(CHUNK, signed.size().value() - from.value());
    List<StoredEntry> chunk = copy.entries(from.nextEntry(), limit);
    if (chunk.isEmpty()) {
      throw new RecoveryRefused("the copy lacks entry " + from + ": " + copy.malformed());
    }
    return chunk;
  }

  /** An entry that names itself as its eraser: nothing erased it, its details are lost. */
  private static NewEntry withoutDetails(StoredEntry stored) throws RecoveryRefused {
    try {
      return new NewEntry(
          stored.number(),
          Entry.decode(stored.entry()),
          stored.entry(),
          NO_DETAILS,
          SearchKeys.NONE,
          List.of(),
          List.of(stored.number()));
    } catch (EntryFormatException e) {
      throw new RecoveryRefused("entry " + stored.number() + " of the copy is none: " + e);
    }
  }

  private static List<Hash> leaves(List<StoredEntry> chunk) {
    return chunk.stream().map(entry -> Hash.leaf(entry.entry().toArray())).toList();
  }
}
