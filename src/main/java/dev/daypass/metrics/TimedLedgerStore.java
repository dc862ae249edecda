package dev.daypass.metrics;

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
import java.util.List;
import java.util.Optional;

/**
 * A store whose commits are timed and measured. It hands on every method, also those that have a
 * default.
 */
record TimedLedgerStore(LedgerStore store, StageTimes stages, BatchSizes batches)
    implements LedgerStore {
  @Override
  public void append(Batch batch) throws StoreFull, StoreFailed {
    long start = System.nanoTime();
    store.append(batch);
    stages.ended(Stage.COMMIT, start);
    batches.written(batch.entries().size());
  }

  @Override
  public StoredHead head() throws StoreFailed {
    return store.head();
  }

  @Override
  public void probe() throws StoreFull, StoreFailed {
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
  public List<Bytes> leaves(EntryNumber from, int limit) throws StoreFailed {
    return store.leaves(from, limit);
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
    return store.search(search);
  }

  @Override
  public List<StoredEntry> entriesAt(List<EntryNumber> numbers) throws StoreFailed {
    return store.entriesAt(numbers);
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
}
