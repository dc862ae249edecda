package dev.daypass.ledger;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.Batch;
import dev.daypass.ledger.store.EntryScan;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoreFull;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/** A store whose writes fail as a test says. */
public final class FaultyStore implements LedgerStore {
  /** How a write fails. */
  public enum Fault {
    /** No space, rolled back. */
    FULL,
    /** Failed, and nothing of it became durable. */
    FAILED_BEFORE,
    /** Failed, although all of it became durable. */
    FAILED_AFTER,
    /** Said to be rolled back, although it was not. */
    FULL_AFTER,
    /** A broken driver. */
    BROKEN,
    /** No memory. */
    EXHAUSTED
  }

  private final LedgerStore store;
  private final Queue<Fault> appendFaults = new ArrayDeque<>();
  private volatile boolean full;
  private volatile boolean unreadable;
  private final CountDownLatch held = new CountDownLatch(1);
  private volatile Optional<CountDownLatch> gate = Optional.empty();

  public FaultyStore(LedgerStore store) {
    this.store = store;
  }

  /** The next append fails like this. */
  public synchronized void failNextAppend(Fault fault) {
    appendFaults.add(fault);
  }

  /** Whether appends and probes find no space. */
  public void full(boolean state) {
    full = state;
  }

  /** Whether reading the head and searching fail. */
  public void unreadable(boolean state) {
    unreadable = state;
  }

  /** Appends wait for this latch, so that a test decides who comes together. */
  public void holdAppends(CountDownLatch latch) {
    gate = Optional.of(latch);
  }

  /** Waits until an append is held. */
  public void awaitHeldAppend() {
    await(held);
  }

  @Override
  public StoredHead head() throws StoreFailed {
    if (unreadable) {
      throw new StoreFailed("injected");
    }
    return store.head();
  }

  @Override
  public void append(Batch batch) throws StoreFull, StoreFailed {
    if (gate.isPresent()) {
      held.countDown();
      await(gate.get());
    }
    requireSpace();
    switch (nextFault().orElse(null)) {
      case FULL -> throw new StoreFull("injected", new IllegalStateException());
      case FAILED_BEFORE -> throw new StoreFailed("injected");
      case FAILED_AFTER -> {
        store.append(batch);
        throw new StoreFailed("injected");
      }
      case FULL_AFTER -> {
        store.append(batch);
        throw new StoreFull("injected", new IllegalStateException());
      }
      case BROKEN -> throw new IllegalStateException("injected");
      case EXHAUSTED -> throw new OutOfMemoryError("injected");
      case null -> store.append(batch);
    }
  }

  @Override
  public void probe() throws StoreFull, StoreFailed {
    requireSpace();
    store.probe();
  }

  @Override
  public Optional<StoredEntry> entry(EntryNumber number) throws StoreFailed {
    return store.entry(number);
  }

  @Override
  public List<StoredEntry> entries(EntryNumber from, int limit) throws StoreFailed {
    return store.entries(from, limit);
  }

  @Override
  public Optional<Bytes> tile(int level, long index) throws StoreFailed {
    return store.tile(level, index);
  }

  @Override
  public List<Hash> tileRoots(int level, long from, int limit) throws StoreFailed {
    return store.tileRoots(level, from, limit);
  }

  @Override
  public Optional<String> checkpoint() throws StoreFailed {
    return store.checkpoint();
  }

  @Override
  public List<EntryNumber> search(EntrySearch search) throws StoreFailed {
    if (unreadable) {
      throw new StoreFailed("injected");
    }
    return store.search(search);
  }

  @Override
  public List<StoredEntry> scan(EntryScan scan) throws StoreFailed {
    return store.scan(scan);
  }

  @Override
  public List<EntryNumber> withDetails(EntryKind kind, long from, long before, int limit)
      throws StoreFailed {
    return store.withDetails(kind, from, before, limit);
  }

  @Override
  public boolean hasRemains() {
    return store.hasRemains();
  }

  @Override
  public void expectRemains() {
    store.expectRemains();
  }

  @Override
  public void clearRemains() throws StoreFailed {
    store.clearRemains();
  }

  @Override
  public void close() {
    store.close();
  }

  private synchronized Optional<Fault> nextFault() {
    return Optional.ofNullable(appendFaults.poll());
  }

  private void requireSpace() throws StoreFull {
    if (full) {
      throw new StoreFull("injected", new IllegalStateException());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
