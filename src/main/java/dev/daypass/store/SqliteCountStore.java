package dev.daypass.store;

import dev.daypass.ledger.Fatal;
import dev.daypass.ledger.count.CountStore;
import dev.daypass.ledger.count.CountSum;
import dev.daypass.ledger.count.Counts;
import dev.daypass.ledger.count.Lasting;
import dev.daypass.ledger.store.StoreFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;

/** What each day brought, in the ledger's own database (V8__days.sql). */
public final class SqliteCountStore implements CountStore {
  static final String BY_DAY =
      "SELECT day, sum(count) FROM day_counts WHERE what = ? AND day BETWEEN ? AND ? GROUP BY day";
  static final String BY_NAME =
      "SELECT name, sum(count) FROM day_counts WHERE what = ? AND day BETWEEN ? AND ?"
          + " GROUP BY name";
  static final String LONGEST =
      "SELECT day, seconds, number, role FROM day_longest CROSS JOIN details USING (number)"
          + " WHERE day BETWEEN ? AND ? ORDER BY seconds DESC, number DESC LIMIT "
          + Lasting.MOST;

  private final SqliteDatabase database;
  private final SqliteWriter writer;

  /**
   * @param fatal see {@link SqliteWriter}
   */
  public SqliteCountStore(SqliteDatabase database, Fatal fatal) {
    this.database = database;
    this.writer = new SqliteWriter(database, fatal, "what the days brought");
  }

  @Override
  public long counted() throws StoreFailed {
    return database.read(SqliteCountStore::next);
  }

  @Override
  public void count(long before) throws StoreFailed {
    long from = counted();
    if (before < from) {
      throw new StoreFailed("entries are counted once");
    }
    FreshCounts fresh = database.read(connection -> FreshCounts.read(connection, from, before));
    boolean moved =
        writer.write(connection -> {
          String sql = "UPDATE counted SET next = ? WHERE next = ?";
          if (SqliteWriter.update(connection, sql, before, from) != 1) {
            return false;
          }
          fresh.addTo(connection);
          return true;
        });
    if (!moved) {
      throw new StoreFailed("somebody else counts as well");
    }
  }

  @Override
  public Counts of(LocalDate first, LocalDate last, long before, int most) throws StoreFailed {
    return database.read(connection ->
        atOneMoment(
            connection,
            () -> {
              CountSum sum = new CountSum(first, last);
              kept(connection, sum, first.toEpochDay(), last.toEpochDay());
              long from = next(connection);
              if (from < before && before - from <= most) {
                FreshCounts.read(connection, from, before).addTo(sum);
                return sum.counts(0);
              }
              return sum.counts(Math.max(0, before - from));
            }));
  }

  private static void kept(Connection connection, CountSum sum, long first, long last)
      throws SQLException {
    each(connection, BY_DAY, "role", first, last, row -> sum.grants(day(row), row.getLong(2)));
    each(
        connection, BY_DAY, "refusals", first, last, row -> sum.refusals(day(row), row.getLong(2)));
    each(connection, BY_DAY, "alarms", first, last, row -> sum.alarms(day(row), row.getLong(2)));
    each(
        connection,
        BY_NAME,
        "role",
        first,
        last,
        row -> sum.ofRole(row.getString(1), row.getLong(2)));
    each(
        connection,
        BY_NAME,
        "hour",
        first,
        last,
        row -> sum.inHour(Integer.parseInt(row.getString(1)), row.getLong(2)));
    try (PreparedStatement longest = connection.prepareStatement(LONGEST)) {
      SqliteWriter.set(longest, first, last);
      try (ResultSet row = longest.executeQuery()) {
        while (row.next()) {
          sum.lasting(FreshCounts.longest(row).lasting());
        }
      }
    }
  }

  private static void each(
      Connection connection, String sql, String what, long first, long last, Taking taking)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      SqliteWriter.set(statement, what, first, last);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          taking.take(row);
        }
      }
    }
  }

  /** So that what is counted meanwhile is not missed, and not taken twice. */
  private static <T> T atOneMoment(Connection connection, Reading<T> reading) throws SQLException {
    try (Statement control = connection.createStatement()) {
      control.execute("BEGIN");
      T result = reading.read();
      control.execute("COMMIT");
      return result;
    }
  }

  private static long next(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT next FROM counted")) {
      if (!row.next()) {
        throw new SQLException("how far the days are counted is missing");
      }
      return row.getLong(1);
    }
  }

  private static LocalDate day(ResultSet row) throws SQLException {
    return LocalDate.ofEpochDay(row.getLong(1));
  }

  /** Takes what stands in a row. */
  @FunctionalInterface
  private interface Taking {
    void take(ResultSet row) throws SQLException;
  }

  /** Statements of one moment. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws SQLException;
  }
}
