package dev.daypass.store;

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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The ledger in SQLite. {@link #append} and {@link #probe} are for the sequencer's thread alone;
 * the rest is for any thread.
 */
public final class SqliteLedgerStore implements LedgerStore {
  private final SqliteLedgerReader reading;
  private final Connections connections;

  /** Owned by the sequencer's thread; others only ask it for remains. */
  private volatile LedgerWriter writer;

  private SqliteLedgerStore(SqliteDatabase database, Connections connections, LedgerWriter writer) {
    this.reading = new SqliteLedgerReader(database);
    this.connections = connections;
    this.writer = writer;
  }

  /** The ledger in this database; closing the store leaves the database open. */
  public static SqliteLedgerStore open(SqliteDatabase database) throws StoreFailed {
    return open(database, database::writer);
  }

  /** Writes through these connections, of which tests can take the space away. */
  static SqliteLedgerStore open(SqliteDatabase database, Connections connections)
      throws StoreFailed {
    return new SqliteLedgerStore(database, connections, openWriter(connections));
  }

  @Override
  public StoredHead head() throws StoreFailed {
    return reading.head();
  }

  @Override
  public void append(Batch batch) throws StoreFull, StoreFailed {
    try {
      writer.append(batch);
    } catch (StoreFull e) {
      reopen();
      throw e;
    }
  }

  @Override
  public void probe() throws StoreFull, StoreFailed {
    try {
      writer.probe();
    } catch (StoreFull e) {
      reopen();
      throw e;
    }
  }

  @Override
  public Optional<StoredEntry> entry(EntryNumber number) throws StoreFailed {
    return reading.entry(number);
  }

  @Override
  public List<StoredEntry> entries(EntryNumber from, int limit) throws StoreFailed {
    return reading.entries(from, limit);
  }

  @Override
  public List<Bytes> leaves(EntryNumber from, int limit) throws StoreFailed {
    return reading.leaves(from, limit);
  }

  @Override
  public Optional<Bytes> tile(int level, long index) throws StoreFailed {
    return reading.tile(level, index);
  }

  @Override
  public List<Hash> tileRoots(int level, long from, int limit) throws StoreFailed {
    return reading.tileRoots(level, from, limit);
  }

  @Override
  public Optional<String> checkpoint() throws StoreFailed {
    return reading.checkpoint();
  }

  @Override
  public List<EntryNumber> search(EntrySearch search) throws StoreFailed {
    return reading.search(search);
  }

  @Override
  public List<StoredEntry> entriesAt(List<EntryNumber> numbers) throws StoreFailed {
    return reading.entriesAt(numbers);
  }

  @Override
  public List<StoredEntry> scan(EntryScan scan) throws StoreFailed {
    return reading.scan(scan);
  }

  @Override
  public List<EntryNumber> withDetails(EntryKind kind, long from, long before, int limit)
      throws StoreFailed {
    return reading.withDetails(kind, from, before, limit);
  }

  @Override
  public boolean hasRemains() {
    return writer.hasRemains();
  }

  @Override
  public void expectRemains() {
    writer.expectRemains();
  }

  @Override
  public void clearRemains() throws StoreFailed {
    writer.clearRemains();
  }

  @Override
  public void close() {
    writer.close();
  }

  /** The driver finalizes a statement that failed, so a writer is of no use after a failure. */
  private void reopen() throws StoreFailed {
    writer.close();
    writer = openWriter(connections);
  }

  private static LedgerWriter openWriter(Connections connections) throws StoreFailed {
    try {
      return LedgerWriter.open(connections.open());
    } catch (SQLException e) {
      throw new StoreFailed("cannot open the ledger for writing", e);
    }
  }

  /** Where new connections that may write come from. */
  @FunctionalInterface
  interface Connections {
    Connection open() throws SQLException;
  }
}
