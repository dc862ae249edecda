package dev.daypass.store;

import dev.daypass.ledger.Batch;
import dev.daypass.ledger.EntrySearch;
import dev.daypass.ledger.LedgerStore;
import dev.daypass.ledger.StoreFailed;
import dev.daypass.ledger.StoreFull;
import dev.daypass.ledger.StoredEntry;
import dev.daypass.ledger.StoredHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The ledger in SQLite. {@link #append} and {@link #probe} are for the sequencer's thread alone;
 * the rest is for any thread.
 */
public final class SqliteLedgerStore implements LedgerStore {
  private final SqliteDatabase database;
  private final LedgerWriter writer;

  private SqliteLedgerStore(SqliteDatabase database, LedgerWriter writer) {
    this.database = database;
    this.writer = writer;
  }

  /** The ledger in this database; closing the store leaves the database open. */
  public static SqliteLedgerStore open(SqliteDatabase database) throws StoreFailed {
    try {
      return new SqliteLedgerStore(database, LedgerWriter.open(database.writer()));
    } catch (SQLException e) {
      throw new StoreFailed("cannot open the ledger for writing", e);
    }
  }

  @Override
  public StoredHead head() throws StoreFailed {
    return database.readAfresh(LedgerQueries::head);
  }

  @Override
  public void append(Batch batch) throws StoreFull, StoreFailed {
    writer.append(batch);
  }

  @Override
  public void probe() throws StoreFull, StoreFailed {
    writer.probe();
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
  public void close() {
    writer.close();
  }
}
