package dev.daypass.store;

import dev.daypass.ledger.Fatal;
import dev.daypass.ledger.StopCause;
import dev.daypass.ledger.store.StoreFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes what stands beside the ledger, a transaction at a time, each on a connection of its own.
 */
final class SqliteWriter {
  private final SqliteDatabase database;
  private final Fatal fatal;
  private final String what;

  /** One writer at a time: the others wait here instead of at SQLite's lock. */
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param fatal ends the process after a commit whose outcome is in doubt: the write-ahead log is
   *     the ledger's too, and its next commit would build on what a failed sync has lost
   * @param what is written, as in "a login"
   */
  SqliteWriter(SqliteDatabase database, Fatal fatal, String what) {
    this.database = database;
    this.fatal = fatal;
    this.what = what;
  }

  /** All of it is durable on return, or none was written. */
  <T> T write(SqliteDatabase.Query<T> work) throws StoreFailed {
    lock.lock();
    try (Connection connection = database.writer();
        Statement control = connection.createStatement()) {
      return committed(connection, control, work);
    } catch (SQLException e) {
      throw new StoreFailed("cannot write " + what, e);
    } finally {
      lock.unlock();
    }
  }

  /** One statement; answers how many rows it changed. */
  static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      set(update, values);
      return update.executeUpdate();
    }
  }

  static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /** Closing the connection rolls back what was not committed. */
  private <T> T committed(Connection connection, Statement control, SqliteDatabase.Query<T> work)
      throws SQLException {
    try {
      control.execute("BEGIN IMMEDIATE");
      T result = work.run(connection);
      control.execute("COMMIT");
      return result;
    } catch (SQLException e) {
      if (!Faults.isFull(e) && !Faults.isBusy(e)) {
        fatal.stop(StopCause.FAILED, e);
      }
      throw e;
    }
  }
}
