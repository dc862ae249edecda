package dev.daypass.store;

import dev.daypass.ledger.store.Batch;
import dev.daypass.ledger.store.FullTile;
import dev.daypass.ledger.store.NewEntry;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoreFull;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes entries, with its statements prepared. For one thread.
 *
 * <p>Transactions are begun and ended by hand, so that what happened when one of them fails is
 * known: either nothing was written, or the outcome is in doubt.
 */
final class LedgerWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);

  /**
   * 7 to 16 MB of WAL, the fewer the more entries a batch has: its pages are then copied into the
   * file and the WAL begins again. The longer it may be, the more changes of one page are copied
   * once; a start still reads it at once.
   */
  private static final int CHECKPOINT_WEIGHT = 4000;

  private static final int WEIGHT_OF_BATCH = 8;
  private static final int WEIGHT_OF_ENTRY = 3;

  private static final int PATIENCE_MILLIS = 50;

  /** More than one page, so that a probe needs real space. */
  private static final int PROBE_BYTES = 64 * 1024;

  private final Connection connection;
  private final Statement control;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement moveHead;
  private final PreparedStatement insertEntry;
  private final PreparedStatement insertDetails;
  private final PreparedStatement insertTile;
  private final PreparedStatement insertTerm;
  private final PreparedStatement erase;
  private final PreparedStatement eraseTerms;
  private final PreparedStatement eraseLongest;
  private int weight;

  /**
   * How often something was erased that older frames of the WAL may still hold: once at the
   * beginning, since the writer before this one may have ended in between.
   */
  private final AtomicLong erasures = new AtomicLong(1);

  /** How many of these are in no frame any more; written by the one thread. */
  private volatile long cutOff;

  private LedgerWriter(Connection connection) throws SQLException {
    this.connection = connection;
    this.control = connection.createStatement();
    this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
    this.commit = connection.prepareStatement("COMMIT");
    this.moveHead =
        connection.prepareStatement(
            "UPDATE head SET size = ?, peaks = ?, newest_at = ?,"
                + " checkpoint = coalesce(?, checkpoint) WHERE size = ?");
    this.insertEntry = connection.prepareStatement("INSERT INTO entries VALUES (?, ?)");
    this.insertDetails =
        connection.prepareStatement("INSERT INTO details VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?)");
    this.insertTile = connection.prepareStatement("INSERT INTO tiles VALUES (?, ?, ?, ?)");
    this.insertTerm = connection.prepareStatement("INSERT INTO terms VALUES (?, ?, ?)");
    this.eraseTerms =
        connection.prepareStatement("DELETE FROM terms WHERE section = ? AND number = ?");
    this.eraseLongest = connection.prepareStatement("DELETE FROM day_longest WHERE number = ?");
    this.erase =
        connection.prepareStatement(
            "UPDATE details SET erased_by = coalesce(erased_by, ?), identity = NULL, role = NULL,"
                + " key_fingerprint = NULL, idempotency_key = NULL, details = NULL"
                + " WHERE number = ?");
  }

  static LedgerWriter open(Connection connection) throws SQLException {
    try {
      return new LedgerWriter(connection);
    } catch (SQLException e) {
      SqliteDatabase.close(connection);
      throw e;
    }
  }

  void append(Batch batch) throws StoreFull, StoreFailed {
    transaction(() -> {
      moveHead(batch.before(), batch.after(), batch.checkpoint());
      insertEntries(batch.entries());
      insertTiles(batch.tiles());
      erase(batch.entries());
    });
    boolean erased = batch.entries().stream().anyMatch(entry -> !entry.erases().isEmpty());
    if (erased) {
      expectRemains();
    }
    weight += WEIGHT_OF_BATCH + WEIGHT_OF_ENTRY * batch.entries().size();
    if (erased || weight >= CHECKPOINT_WEIGHT) {
      // What was erased is still in older frames of the WAL until that is cut off.
      copyWal();
    }
  }

  /** Whether what was erased may still be in the WAL, which a reader has kept from being cut. */
  boolean hasRemains() {
    return cutOff < erasures.get();
  }

  /** Something else was deleted that may be there as well; for any thread. */
  void expectRemains() {
    erasures.incrementAndGet();
  }

  /** Tries again to cut it off. */
  void clearRemains() throws StoreFailed {
    if (hasRemains()) {
      copyWal();
    }
  }

  void probe() throws StoreFull, StoreFailed {
    transaction(() -> {
      control.execute("UPDATE probe SET count = count + 1, bytes = zeroblob(" + PROBE_BYTES + ")");
      control.execute("UPDATE probe SET bytes = x''");
    });
  }

  void close() {
    SqliteDatabase.close(connection);
  }

  private void transaction(Work work) throws StoreFull, StoreFailed {
    try {
      begin.execute();
      work.run();
      commit.execute();
    } catch (SQLException e) {
      if (Faults.isFull(e) && rollsBack()) {
        throw new StoreFull("no space in the store", e);
      }
      throw new StoreFailed("a commit failed", e);
    }
  }

  /** Whether the transaction is gone; SQLite may have rolled it back on its own. */
  private boolean rollsBack() {
    try {
      control.execute("ROLLBACK");
      return true;
    } catch (SQLException e) {
      return Faults.isNoTransaction(e);
    }
  }

  private void moveHead(TreeSize before, StoredHead after, Optional<String> checkpoint)
      throws SQLException {
    List<Hash> peaks = after.frontier().peaks();
    ByteBuffer concatenated = ByteBuffer.allocate(peaks.size() * Hash.SIZE);
    peaks.forEach(peak -> concatenated.put(peak.toArray()));
    moveHead.setLong(1, after.frontier().size().value());
    moveHead.setBytes(2, concatenated.array());
    moveHead.setLong(3, after.newestAt().toEpochMilli());
    moveHead.setString(4, orNull(checkpoint));
    moveHead.setLong(5, before.value());
    if (moveHead.executeUpdate() != 1) {
      throw new SQLException("another writer has moved the ledger's head");
    }
  }

  private void insertEntries(List<NewEntry> entries) throws SQLException {
    for (NewEntry entry : entries) {
      insertEntry.setLong(1, entry.number().value());
      insertEntry.setBytes(2, entry.encoded().toArray());
      insertEntry.executeUpdate();
      SearchKeys search = entry.search();
      insertDetails.setLong(1, entry.number().value());
      insertDetails.setString(2, entry.entry().kind().wireName());
      insertDetails.setLong(3, entry.entry().at().toEpochMilli());
      insertDetails.setString(4, orNull(search.identity().map(IdentityColumn::of)));
      insertDetails.setString(5, orNull(search.role()));
      insertDetails.setBytes(
          6, orNull(search.keyFingerprint().map(fingerprint -> fingerprint.sha256().toArray())));
      insertDetails.setBytes(7, orNull(search.idempotencyKey().map(key -> key.toArray())));
      insertDetails.setBytes(8, entry.details().toArray());
      insertDetails.executeUpdate();
      insertTerms(entry);
    }
  }

  private void insertTerms(NewEntry entry) throws SQLException {
    for (String term : entry.terms()) {
      insertTerm.setLong(1, entry.number().value() >> SectionedSearch.BITS);
      insertTerm.setString(2, term);
      insertTerm.setLong(3, entry.number().value());
      insertTerm.executeUpdate();
    }
  }

  private void insertTiles(List<FullTile> tiles) throws SQLException {
    for (FullTile tile : tiles) {
      insertTile.setInt(1, tile.level());
      insertTile.setLong(2, tile.index());
      insertTile.setBytes(3, tile.root().toArray());
      insertTile.setBytes(4, tile.hashes().toArray());
      insertTile.executeUpdate();
    }
  }

  private void erase(List<NewEntry> entries) throws SQLException {
    for (NewEntry entry : entries) {
      for (EntryNumber erased : entry.erases()) {
        erase.setLong(1, entry.number().value());
        erase.setLong(2, erased.value());
        erase.executeUpdate();
        eraseTerms.setLong(1, erased.value() >> SectionedSearch.BITS);
        eraseTerms.setLong(2, erased.value());
        eraseTerms.executeUpdate();
        eraseLongest.setLong(1, erased.value());
        eraseLongest.executeUpdate();
      }
    }
  }

  private void copyWal() throws StoreFailed {
    long known = erasures.get();
    if (cutOff < known) {
      // A reader in the way is waited for that long and no longer: the sequencer has work to do.
      pragma("busy_timeout = " + PATIENCE_MILLIS);
      boolean complete = checkpoint("TRUNCATE");
      pragma("busy_timeout = " + SqliteDatabase.BUSY_MILLIS);
      cutOff = complete ? known : cutOff;
    } else {
      var _ = checkpoint("PASSIVE");
    }
    weight = 0;
  }

  private void pragma(String setting) throws StoreFailed {
    try {
      control.execute("PRAGMA " + setting);
    } catch (SQLException e) {
      throw new StoreFailed("SQLite refuses " + setting, e);
    }
  }

  /**
   * The batch is durable by now, in the WAL. A failed sync here is as doubtful as one in a commit;
   * a lack of space is not, the WAL just stays longer.
   *
   * @return whether it went through: a reader in its way is a row that says so, no exception
   */
  private boolean checkpoint(String mode) throws StoreFailed {
    try (ResultSet row = control.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return row.next() && row.getInt(1) == 0;
    } catch (SQLException e) {
      if (!Faults.isFull(e) && !Faults.isBusy(e)) {
        throw new StoreFailed("a WAL checkpoint failed", e);
      }
      LOG.warn("the WAL could not be copied into the database; it is tried again later", e);
      return false;
    }
  }

  private static <T> @Nullable T orNull(Optional<T> value) {
    return value.orElse(null);
  }

  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }
}
