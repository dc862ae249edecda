package dev.daypass.ledger;

import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerHead;
import dev.daypass.signer.SignerRefused;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import java.util.List;
import java.util.Optional;

/**
 * What a start finds: the store replayed against the signer's head (DESIGN, section 6, "Order").
 *
 * <p>A store ahead of the head is the trace of a crash between the two syncs: the signer catches
 * up. A store behind it, or with another root at its size, is a restored backup or worse: it opens
 * for reading, and never signs.
 *
 * @param stopped why it never signs, empty if it may
 * @param rollbackProtected whether the signer remembered a head
 */
record Start(Tip tip, Optional<StopCause> stopped, boolean rollbackProtected) {
  /**
   * Without a head the whole ledger would be replayed. Older entries are checked by their tiles
   * only; {@code ledger verify} is for the rest.
   */
  private static final long MAX_REPLAY = 65_536;

  private static final int CHUNK = 1024;

  static Start of(LedgerStore store, Signer signer, String origin)
      throws StoreFailed, SignerRefused {
    StoredHead head = store.head();
    SignerHead signerHead = signer.head();
    StoredHashes hashes = new StoredHashes(store);
    TreeSize size = head.frontier().size();
    boolean isProtected = !signerHead.size().isEmpty() || size.isEmpty();
    try {
      Optional<StopCause> stopped = compare(head, signerHead, origin, hashes);
      if (stopped.isEmpty() && !replays(head, signerHead.size(), store, hashes)) {
        stopped = Optional.of(StopCause.STORE_DIVERGED);
      }
      TileEdge edge = stopped.isPresent() ? new TileEdge(List.of()) : TileEdge.read(size, hashes);
      Optional<SignedCheckpoint> checkpoint = Optional.empty();
      if (stopped.isEmpty() && !size.isEmpty()) {
        Checkpoint tree = new Checkpoint(origin, size, head.frontier().root());
        checkpoint =
            Optional.of(
                signer.signCheckpoint(
                    tree, new TreeProver(hashes).consistency(signerHead.size(), size)));
      }
      return new Start(new Tip(head, edge, checkpoint), stopped, isProtected);
    } catch (StoredHashes.UncheckedStoreFailure e) {
      throw e.failure();
    }
  }

  private static Optional<StopCause> compare(
      StoredHead head, SignerHead signerHead, String origin, StoredHashes hashes) {
    if (!signerHead.origin().equals(origin)) {
      return Optional.of(StopCause.STORE_DIVERGED);
    }
    if (head.frontier().size().compareTo(signerHead.size()) < 0) {
      return Optional.of(StopCause.STORE_BEHIND);
    }
    Hash rootThen = new TreeProver(hashes).root(signerHead.size());
    return rootThen.equals(signerHead.root())
        ? Optional.empty()
        : Optional.of(StopCause.STORE_DIVERGED);
  }

  /** Whether the entries that the signer has not seen yet lead to the head that is stored. */
  private static boolean replays(
      StoredHead head, TreeSize seen, LedgerStore store, StoredHashes hashes) throws StoreFailed {
    TreeSize size = head.frontier().size();
    TreeSize from = new TreeSize(Math.max(seen.value(), size.value() - MAX_REPLAY));
    Frontier frontier = Frontier.read(from, hashes);
    while (frontier.size().compareTo(size) < 0) {
      long left = size.value() - frontier.size().value();
      List<Hash> leaves =
          store.entries(frontier.size().nextEntry(), (int) Math.min(left, CHUNK)).stream()
              .map(entry -> Hash.leaf(entry.entry().toArray()))
              .toList();
      if (leaves.isEmpty()) {
        return false;
      }
      frontier = frontier.append(leaves).frontier();
    }
    return frontier.peaks().equals(head.frontier().peaks());
  }
}
