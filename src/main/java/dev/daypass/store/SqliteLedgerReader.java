package dev.daypass.store;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.Batch;
import dev.daypass.ledger.store.EntryScan;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import java.util.List;
import java.util.Optional;

/** The ledger in a database that is opened for reading alone; closing it leaves that open. */
public final class SqliteLedgerReader implements LedgerStore {
  private final SqliteDatabase database;

  public SqliteLedgerReader(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public StoredHead head() throws StoreFailed {
    return database.readAfresh(LedgerQueries::head);
  }

  @Override
  public void append(Batch batch) throws StoreFailed {
    throw new StoreFailed("the store is open for reading");
  }

  @Override
  public void probe() throws StoreFailed {
    throw new StoreFailed("the store is open for reading");
  }

  @Override
  public Optional<StoredEntry> entry(EntryNumber number) throws StoreFailed {
    return entries(number, 1).stream().filter(entry -> entry.number().equals(number)).findFirst();
  }

  @Override
  public List<StoredEntry> entries(EntryNumber from, int limit) throws StoreFailed {
    return database.read(connection -> LedgerQueries.entries(connection, from, limit));
  }

  @Override
  public List<Bytes> leaves(EntryNumber from, int limit) throws StoreFailed {
    return database.read(connection -> LedgerQueries.leaves(connection, from, limit));
  }

  @Override
  public Optional<Bytes> tile(int level, long index) throws StoreFailed {
    return database.read(connection -> LedgerQueries.tile(connection, level, index));
  }

  @Override
  public List<Hash> tileRoots(int level, long from, int limit) throws StoreFailed {
    return database.read(connection -> LedgerQueries.tileRoots(connection, level, from, limit));
  }

  @Override
  public Optional<String> checkpoint() throws StoreFailed {
    return database.read(LedgerQueries::checkpoint);
  }

  @Override
  public List<EntryNumber> search(EntrySearch search) throws StoreFailed {
    return database.read(connection -> SearchQuery.of(search).run(connection));
  }

  @Override
  public List<StoredEntry> entriesAt(List<EntryNumber> numbers) throws StoreFailed {
    return database.read(connection -> LedgerQueries.entriesAt(connection, numbers));
  }

  @Override
  public List<StoredEntry> scan(EntryScan scan) throws StoreFailed {
    return database.read(connection -> LedgerScan.run(connection, scan));
  }

  @Override
  public List<EntryNumber> withDetails(EntryKind kind, long from, long before, int limit)
      throws StoreFailed {
    return database.read(
        connection -> LedgerScan.withDetails(connection, kind, from, before, limit));
  }

  @Override
  public void close() {
    // The database is closed by whoever opened it.
  }
}
