package dev.daypass.store;

import dev.daypass.ledger.count.CountSum;
import dev.daypass.ledger.count.Counts;
import dev.daypass.ledger.count.Lasting;
import dev.daypass.ledger.entry.EntryKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What some entries bring, counted from their rows.
 *
 * @param rows of one day, kind, role and hour each
 * @param longest some of each day
 */
record FreshCounts(List<Row> rows, List<Longest> longest) {
  private static final String GRANTED = EntryKind.CERTIFICATE_GRANTED.wireName();
  private static final String REFUSED = EntryKind.REQUESTS_REFUSED.wireName();
  private static final String ALARM = EntryKind.SESSION_ALARM.wireName();

  /** A summary of refusals counts for each of them. */
  static final String COUNT =
      "SELECT at / 86400000 AS day, kind, coalesce(role, '%s') AS role,".formatted(Counts.ERASED)
          + " at / 3600000 %% 24 AS hour, sum(iif(kind = '%s',".formatted(REFUSED)
          + " coalesce(CAST(details AS TEXT) ->> '$.count', 1), 1)) AS count"
          + " FROM details WHERE number >= ? AND number < ? AND kind IN ('%s', '%s', '%s')"
              .formatted(GRANTED, REFUSED, ALARM)
          + " GROUP BY 1, 2, 3, 4";

  /** A certificate begins a minute before its grant, for servers whose clocks are behind. */
  static final String LONGEST =
      "WITH grants AS (SELECT number, at, role, CAST(details AS TEXT) AS told FROM details"
          + " WHERE number >= ? AND number < ? AND kind = '%s' AND details IS NOT NULL),"
              .formatted(GRANTED)
          + " lives AS (SELECT at / 86400000 AS day, number, role, unixepoch(told ->>"
          + " '$.valid_before') - max(unixepoch(told ->> '$.valid_after'), at / 1000) AS seconds"
          + " FROM grants), ranks AS (SELECT *, row_number() OVER"
          + " (PARTITION BY day ORDER BY seconds DESC, number DESC) AS rank FROM lives"
          + " WHERE seconds > 0)"
          + " SELECT day, seconds, number, role FROM ranks WHERE rank <= "
          + Lasting.MOST;

  private static final String ADD =
      "INSERT INTO day_counts VALUES (?, ?, ?, ?)"
          + " ON CONFLICT DO UPDATE SET count = count + excluded.count";

  /** Not of what has been erased since it was read. */
  private static final String KEEP =
      "INSERT OR IGNORE INTO day_longest SELECT ?, ?, number FROM details"
          + " WHERE number = ? AND details IS NOT NULL";

  private static final String TRIM =
      "DELETE FROM day_longest WHERE day = ?1 AND number NOT IN (SELECT number FROM day_longest"
          + " WHERE day = ?1 ORDER BY seconds DESC, number DESC LIMIT "
          + Lasting.MOST
          + ")";

  /** What one hour of a day brought of one kind and role. */
  record Row(LocalDate day, String kind, String role, int hour, long count) {}

  /** A certificate that lasts longer than others of its day. */
  record Longest(LocalDate day, long seconds, long number, Optional<String> role) {
    Lasting lasting() {
      return new Lasting(Duration.ofSeconds(seconds), number, role);
    }
  }

  FreshCounts {
    rows = List.copyOf(rows);
    longest = List.copyOf(longest);
  }

  static FreshCounts read(Connection connection, long from, long before) throws SQLException {
    List<Row> rows = new ArrayList<>();
    List<Longest> longest = new ArrayList<>();
    try (PreparedStatement count = connection.prepareStatement(COUNT);
        PreparedStatement longer = connection.prepareStatement(LONGEST)) {
      SqliteWriter.set(count, from, before);
      try (ResultSet row = count.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  LocalDate.ofEpochDay(row.getLong(1)),
                  row.getString(2),
                  row.getString(3),
                  row.getInt(4),
                  row.getLong(5)));
        }
      }
      SqliteWriter.set(longer, from, before);
      try (ResultSet row = longer.executeQuery()) {
        while (row.next()) {
          longest.add(longest(row));
        }
      }
    }
    return new FreshCounts(rows, longest);
  }

  /** Of a row of day, seconds, number and role. */
  static Longest longest(ResultSet row) throws SQLException {
    return new Longest(
        LocalDate.ofEpochDay(row.getLong(1)),
        row.getLong(2),
        row.getLong(3),
        Optional.ofNullable(row.getString(4)));
  }

  /** Adds it to what a page shows. */
  void addTo(CountSum sum) {
    for (Row row : rows) {
      if (!sum.takes(row.day())) {
        continue;
      }
      if (row.kind().equals(GRANTED)) {
        sum.grants(row.day(), row.count());
        sum.ofRole(row.role(), row.count());
        sum.inHour(row.hour(), row.count());
      } else if (row.kind().equals(REFUSED)) {
        sum.refusals(row.day(), row.count());
      } else {
        sum.alarms(row.day(), row.count());
      }
    }
    longest.stream()
        .filter(each -> sum.takes(each.day()))
        .map(Longest::lasting)
        .forEach(sum::lasting);
  }

  /** Adds it to what is kept, in a transaction of the caller's. */
  void addTo(Connection connection) throws SQLException {
    for (Row row : rows) {
      if (row.kind().equals(GRANTED)) {
        add(connection, "role", row, row.role());
        add(connection, "hour", row, Integer.toString(row.hour()));
      } else {
        add(connection, row.kind().equals(REFUSED) ? "refusals" : "alarms", row, "");
      }
    }
    for (Longest each : longest) {
      long day = each.day().toEpochDay();
      SqliteWriter.update(connection, KEEP, day, each.seconds(), each.number());
    }
    for (LocalDate day : longest.stream().map(Longest::day).distinct().toList()) {
      SqliteWriter.update(connection, TRIM, day.toEpochDay());
    }
  }

  private static void add(Connection connection, String what, Row row, String name)
      throws SQLException {
    SqliteWriter.update(connection, ADD, what, row.day().toEpochDay(), name, row.count());
  }
}
