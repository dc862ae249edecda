package dev.daypass.ledger;

import dev.daypass.ledger.clock.ClockGuard;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoreFull;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerRefused;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers drafts, commits them in batches, and has each batch's checkpoint signed.
 *
 * <p>The order of a batch (DESIGN, section 6, "Order"): the store's commit and its sync; then the
 * signer, which makes its own head durable before its signature leaves it; only then receipts. A
 * crash between the two leaves entries without receipts, and the next start lets the signer catch
 * up. A receipt without an entry cannot be.
 *
 * <p>One platform thread runs it and owns the store's writing side, the signer's checkpoints and
 * the clock guard. Other threads read {@link #tip} and {@link #stopped}.
 */
final class Sequencer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

  /** How often the clock is looked at, and a full store probed, when nobody comes. */
  private static final long IDLE_NANOS = 500_000_000;

  private final LedgerStore store;
  private final Signer signer;
  private final String origin;
  private final ClockGuard clock;
  private final Fatal fatal;
  private final Intake intake;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  /** Written by the sequencer's thread only. */
  private volatile Tip tip;

  /** Written by the sequencer's thread only; null while all is well. */
  private volatile @Nullable StopCause stopped;

  /** What the signer has not signed for; the sequencer's thread only. */
  private @Nullable Written unsigned;

  Sequencer(
      LedgerStore store, Signer signer, String origin, ClockGuard clock, Fatal fatal, Start start) {
    this.store = store;
    this.signer = signer;
    this.origin = origin;
    this.clock = clock;
    this.fatal = fatal;
    this.intake = new Intake();
    this.tip = start.tip();
    this.stopped = start.stopped().orElse(null);
  }

  Intake intake() {
    return intake;
  }

  void follow(Follower follower) {
    followers.add(follower);
  }

  Tip tip() {
    return tip;
  }

  Optional<StopCause> stopped() {
    return Optional.ofNullable(stopped);
  }

  @Override
  public void run() {
    List<Pending> drafts = List.of();
    try {
      while (!intake.exhausted()) {
        drafts = intake.take(IDLE_NANOS);
        sequence(drafts);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(drafts, new StoreFailed("the sequencer was interrupted", e));
    } catch (StoreFailed | SignerRefused | RuntimeException e) {
      end(drafts, e);
    } catch (Error e) {
      // Without this thread everybody would wait for ever.
      end(drafts, new StoreFailed("the sequencer broke down", e));
    }
  }

  private void sequence(List<Pending> drafts) throws StoreFailed, SignerRefused {
    if (!mayWrite()) {
      refuse(drafts);
      return;
    }
    // Reading the clock comes last: the time of the entries is that of this very moment.
    Instant newestAt = tip.head().newestAt();
    ClockGuard.Reading reading = clock.look(newestAt);
    if (!reading.good() && vouchesForClock(drafts)) {
      clock.thaw();
      reading = clock.look(newestAt);
    }
    stop(reading.good() ? null : StopCause.CLOCK);
    if (!reading.good()) {
      refuse(drafts);
      return;
    }
    List<Pending> placed = wellPlaced(drafts);
    if (placed.isEmpty()) {
      store.clearRemains();
    }
    Instant now = reading.now().truncatedTo(ChronoUnit.MILLIS);
    Instant at = now.isBefore(newestAt) ? newestAt : now;
    for (List<Pending> batch : Batches.of(placed)) {
      if (stopped == null) {
        write(batch, at);
      } else {
        refuse(batch);
      }
    }
  }

  private void write(List<Pending> drafts, Instant at) throws StoreFailed, SignerRefused {
    PreparedBatch prepared = PreparedBatch.of(tip, drafts, at);
    try {
      store.append(prepared.batch());
    } catch (StoreFull e) {
      LOG.error("the store is full; no entry is taken until there is space again", e);
      requireUnchanged();
      stop(StopCause.STORE_FULL);
      refuse(drafts);
      return;
    }
    // From here on the entries are durable, whatever becomes of their checkpoint.
    Written written = new Written(prepared, drafts);
    try {
      release(written, prepared.growth().consistencyProof());
    } catch (SignerRefused e) {
      requirePassing(e);
      LOG.error("the signer does not sign; no entry is taken until it does", e);
      unsigned = written;
      stop(StopCause.SIGNER);
      refuse(drafts);
    }
  }

  private void release(Written written, ConsistencyProof fromHead) throws SignerRefused {
    PreparedBatch prepared = written.batch();
    SignedCheckpoint signed = signer.signCheckpoint(written.tree(origin), fromHead);
    tip = new Tip(prepared.batch().after(), prepared.edge(), Optional.of(signed));
    List<Receipt> receipts = prepared.receipts(signed);
    for (int i = 0; i < receipts.size(); i++) {
      Receipt receipt = receipts.get(i);
      Pending draft = written.drafts().get(i);
      // Before its writer goes on: what a grant is must be known when its certificate is out.
      tell(receipt, draft.draft().details());
      draft.complete(receipt);
    }
  }

  /**
   * Whether the signer, which was away, has signed for what is durable by now. Whoever wrote that
   * was refused; it is in the ledger all the same, and nothing follows it before it is signed for.
   */
  private boolean signsAgain() throws SignerRefused {
    Written written = Objects.requireNonNull(unsigned);
    try {
      // The head may have moved before the key failed.
      TreeProver prover = new TreeProver(new StoredHashes(store));
      release(written, prover.consistency(signer.head().size(), written.tree(origin).size()));
    } catch (SignerRefused e) {
      requirePassing(e);
      return false;
    }
    unsigned = null;
    LOG.info("the signer signs again");
    stop(null);
    return true;
  }

  private static void requirePassing(SignerRefused refused) throws SignerRefused {
    if (refused.reason().stopsTheLedger()) {
      throw refused;
    }
  }

  private void tell(Receipt receipt, JsonObject details) {
    followers.forEach(follower -> follower.written(receipt.number(), receipt.entry(), details));
  }

  /** Whether the store is in a state to be written to; a full one is probed. */
  private boolean mayWrite() throws StoreFailed, SignerRefused {
    return switch (stopped) {
      case STORE_BEHIND, STORE_DIVERGED, FAILED, CLOSED -> false;
      case STORE_FULL -> probed();
      case SIGNER -> signsAgain();
      case null -> true;
      case CLOCK, OVERLOADED -> true;
    };
  }

  private boolean probed() throws StoreFailed {
    try {
      store.probe();
      requireUnchanged();
      LOG.info("there is space in the store again");
      stop(null);
      return true;
    } catch (StoreFull _) {
      return false;
    }
  }

  /** DESIGN, section 6, "Failure": size and root are read again from a fresh connection. */
  private void requireUnchanged() throws StoreFailed {
    if (!store.head().isSameAs(tip.head())) {
      throw new StoreFailed("the store is not what it was before a failed commit");
    }
  }

  private List<Pending> wellPlaced(List<Pending> drafts) {
    TreeSize size = tip.head().frontier().size();
    List<Pending> placed = new ArrayList<>(drafts.size());
    for (Pending draft : drafts) {
      boolean first = size.isEmpty() && placed.isEmpty();
      if (first != (draft.draft().kind() == EntryKind.LEDGER_CREATED)) {
        draft.refuse(new IllegalStateException("entry 0, and no other, is ledger.created"));
      } else if (!draft.erases().stream().allMatch(size::contains)) {
        draft.refuse(new IllegalStateException("no such entry to erase"));
      } else {
        placed.add(draft);
      }
    }
    return placed;
  }

  private static boolean vouchesForClock(List<Pending> drafts) {
    return drafts.stream().anyMatch(draft -> draft.draft().kind() == EntryKind.CLOCK_THAWED);
  }

  private void stop(@Nullable StopCause cause) {
    if (cause != stopped) {
      LOG.warn("appending {}", cause == null ? "is possible" : "stopped: " + cause);
    }
    stopped = cause;
  }

  private void refuse(List<Pending> drafts) {
    StopCause cause = stopped;
    if (cause != null && !drafts.isEmpty()) {
      LedgerUnavailable why = new LedgerUnavailable(cause, "no entry is taken: " + cause);
      drafts.forEach(draft -> draft.refuse(why));
    }
  }

  /**
   * A doubtful outcome: nobody gets a receipt, nothing is tried again, the process ends. The next
   * start finds out what is durable.
   */
  private void end(List<Pending> drafts, Exception cause) {
    LOG.error("the ledger cannot continue", cause);
    stopped = StopCause.FAILED;
    intake.close();
    refuse(drafts);
    try {
      while (!intake.exhausted()) {
        refuse(intake.take(0));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    // On a thread of its own: ending the process runs what closes the ledger, which waits for this
    // one.
    Thread.ofPlatform().name("fatal").start(() -> fatal.stop(StopCause.FAILED, cause));
  }
}
