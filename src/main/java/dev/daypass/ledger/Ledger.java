package dev.daypass.ledger;

import dev.daypass.ledger.clock.ClockGuard;
import dev.daypass.ledger.clock.ClockSource;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Erasure;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.InclusionProof;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * The ledger as the use cases see it: append, and read. Appending blocks until the entry is durable
 * and in a signed tree; it is meant for virtual threads. Reading never waits for a writer.
 */
public final class Ledger implements AutoCloseable {
  /** Longer than the sequencer is idle at a time. */
  private static final long CLEARING_NANOS = 2_000_000_000;

  private static final long CLEARING_PAUSE_NANOS = 10_000_000;

  private final LedgerStore store;
  private final RandomGenerator random;
  private final Sequencer sequencer;
  private final Thread thread;
  private final boolean rollbackProtected;

  private Ledger(
      LedgerStore store, RandomGenerator random, Sequencer sequencer, boolean rollbackProtected) {
    this.store = store;
    this.random = random;
    this.sequencer = sequencer;
    this.rollbackProtected = rollbackProtected;
    this.thread = Thread.ofPlatform().name("sequencer").unstarted(sequencer);
  }

  /**
   * Opens the ledger of this origin: replays the tail of the store against the signer's head and
   * starts the sequencer. A store that is behind the head, or differs from it, opens as well, but
   * takes no entry; {@link #readiness} says so. The ledger closes the store.
   *
   * @param random where salts come from: a secure one
   * @param fatal ends the process after a failure whose outcome is in doubt
   * @throws StoreFailed if the store cannot be read
   * @throws SignerRefused if the signer does not sign the checkpoint of a store that agrees with it
   */
  public static Ledger open(
      LedgerStore store,
      Signer signer,
      String origin,
      ClockSource clock,
      RandomGenerator random,
      Fatal fatal)
      throws StoreFailed, SignerRefused {
    Start start = Start.of(store, signer, origin);
    Sequencer sequencer = new Sequencer(store, signer, origin, new ClockGuard(clock), fatal, start);
    Ledger ledger = new Ledger(store, random, sequencer, start.rollbackProtected());
    ledger.thread.start();
    return ledger;
  }

  /**
   * Writes the entry down and waits for its receipt. The first draft of a ledger is {@code
   * ledger.created}. A draft of kind {@code clock.thawed} vouches for the clock.
   *
   * @throws LedgerUnavailable if no receipt can be given
   */
  public Receipt append(Draft draft) throws LedgerUnavailable {
    return append(draft, List.of());
  }

  /**
   * Replaces the details of these entries by tombstones, in the commit that writes the {@code
   * details.erased} of the draft; its details name the numbers.
   *
   * @throws IllegalArgumentException if there is no such entry, or its kind keeps its details
   */
  public Receipt erase(Erasure erasure, Draft draft) throws LedgerUnavailable {
    if (draft.kind() != EntryKind.DETAILS_ERASED) {
      throw new IllegalArgumentException("erasing is recorded as details.erased");
    }
    for (EntryNumber number : erasure.erased()) {
      EntryKind kind =
          entry(number)
              .orElseThrow(() -> new IllegalArgumentException("there is no entry " + number))
              .kind();
      if (!kind.isErasable()) {
        throw new IllegalArgumentException(
            "entry " + number + " is of kind " + kind.wireName() + ", which is kept");
      }
    }
    JsonObject details = erasure.in(draft.details());
    return append(Draft.of(draft.kind(), details, draft.search()), erasure.erased());
  }

  /** The same for one entry. */
  public Receipt erase(EntryNumber number, Draft draft) throws LedgerUnavailable {
    return erase(new Erasure(List.of(number)), draft);
  }

  /**
   * Has copies of what was deleted beside the ledger cut off too, and waits for that, but not long.
   */
  public boolean clearRemains() {
    store.expectRemains();
    long start = System.nanoTime();
    while (store.hasRemains() && System.nanoTime() - start < CLEARING_NANOS) {
      LockSupport.parkNanos(CLEARING_PAUSE_NANOS);
    }
    return !store.hasRemains();
  }

  /** Whether copies of what was erased may still lie in a file of the store, for want of a turn. */
  public boolean hasRemains() {
    return store.hasRemains();
  }

  /** The newest checkpoint; there is none before the first entry, or if this store never signs. */
  public SignedCheckpoint checkpoint() throws LedgerUnavailable {
    Optional<SignedCheckpoint> newest = sequencer.tip().checkpoint();
    if (newest.isEmpty()) {
      throw new LedgerUnavailable(
          sequencer.stopped().orElse(StopCause.CLOSED), "no checkpoint has been signed");
    }
    return newest.get();
  }

  /** How many entries have been committed and signed for. */
  public TreeSize size() {
    return sequencer.tip().head().frontier().size();
  }

  public Optional<Entry> entry(EntryNumber number) throws LedgerUnavailable {
    Optional<StoredEntry> stored = read(() -> store.entry(number));
    return stored.isEmpty() ? Optional.empty() : Optional.of(decode(stored.get()));
  }

  /** The canonical details with their salt; empty if there is no such entry, or it was erased. */
  public Optional<Bytes> details(EntryNumber number) throws LedgerUnavailable {
    return read(() -> store.entry(number)).flatMap(StoredEntry::details);
  }

  /** A receipt under the newest checkpoint, for an entry of any age. */
  public Optional<Receipt> receipt(EntryNumber number) throws LedgerUnavailable {
    return receipt(number, checkpoint());
  }

  /** The same under a checkpoint that was signed before; empty if the entry is not in its tree. */
  public Optional<Receipt> receipt(EntryNumber number, SignedCheckpoint checkpoint)
      throws LedgerUnavailable {
    TreeSize size = checkpoint.checkpoint().size();
    if (!size.contains(number)) {
      return Optional.empty();
    }
    Optional<Entry> entry = entry(number);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    InclusionProof proof =
        read(() -> new TreeProver(new StoredHashes(store)).inclusion(number, size));
    return Optional.of(new Receipt(number, entry.get(), entry.get().encode(), proof, checkpoint));
  }

  public List<EntryNumber> search(EntrySearch search) throws LedgerUnavailable {
    return read(() -> store.search(search));
  }

  /** The entry that granted a certificate under this idempotency key, in this or an earlier run. */
  public Optional<EntryNumber> findGranted(Bytes idempotencyKey) throws LedgerUnavailable {
    SearchKeys keys =
        new SearchKeys(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(idempotencyKey));
    return search(EntrySearch.of(Optional.of(EntryKind.CERTIFICATE_GRANTED), keys, 1)).stream()
        .findFirst();
  }

  /** Tells the follower of every entry from now on. */
  public void follow(Follower follower) {
    sequencer.follow(follower);
  }

  public Readiness readiness() {
    return new Readiness(sequencer.stopped(), rollbackProtected);
  }

  /** How many callers wait for the sequencer, for metrics. */
  public int waiting() {
    return sequencer.intake().waiting();
  }

  /** Takes no more drafts, finishes those that it has, and closes the store. */
  @Override
  public void close() {
    sequencer.intake().close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        // The store must not be closed under the sequencer.
        interrupted = true;
      }
    }
    store.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Receipt append(Draft draft, List<EntryNumber> erases) throws LedgerUnavailable {
    Pending pending = new Pending(draft, Details.salted(draft.details(), random), erases);
    sequencer.intake().offer(pending);
    return pending.await();
  }

  private static Entry decode(StoredEntry stored) throws LedgerUnavailable {
    try {
      return Entry.decode(stored.entry());
    } catch (EntryFormatException e) {
      throw new LedgerUnavailable(StopCause.FAILED, "a stored entry is damaged", e);
    }
  }

  private static <T> T read(Reading<T> reading) throws LedgerUnavailable {
    try {
      return reading.read();
    } catch (StoreFailed e) {
      throw new LedgerUnavailable(StopCause.FAILED, "the store cannot be read", e);
    } catch (StoredHashes.UncheckedStoreFailure e) {
      throw new LedgerUnavailable(StopCause.FAILED, "the store cannot be read", e.failure());
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws StoreFailed;
  }
}
