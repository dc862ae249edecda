package dev.daypass.ledger.verify;

import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Reads the next chunk of a ledger while the one before is being checked. For one thread. */
final class ReadAhead implements AutoCloseable {
  /** A multiple of a bundle's entries, and enough for all processors. */
  private static final int CHUNK = 4096;

  private final LedgerSource source;
  private final long size;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("read-ahead").factory());
  private CompletableFuture<List<StoredEntry>> ahead;
  private long next;

  ReadAhead(LedgerSource source, long size) {
    this.source = source;
    this.size = size;
    this.ahead = read();
  }

  /** The next chunk; empty where the source has no more, though it should. */
  List<StoredEntry> take() throws StoreFailed {
    List<StoredEntry> chunk;
    try {
      chunk = ahead.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreFailed failed
          ? failed
          : new StoreFailed("the ledger cannot be read", e);
    }
    next = chunk.isEmpty() ? next : chunk.getLast().number().value() + 1;
    ahead = read();
    return chunk;
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }

  private CompletableFuture<List<StoredEntry>> read() {
    long from = next;
    int limit = Math.clamp(size - from, 0, CHUNK);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return limit == 0 ? List.of() : source.entries(new EntryNumber(from), limit);
          } catch (StoreFailed e) {
            throw new CompletionException(e);
          } catch (StoredHashes.UncheckedStoreFailure e) {
            throw new CompletionException(e.failure());
          }
        },
        reader);
  }
}
