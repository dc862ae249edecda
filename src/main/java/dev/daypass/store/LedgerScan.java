package dev.daypass.store;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.EntryScan;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.tlog.EntryNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Looks through the rows of details one after the other, where no index helps. */
final class LedgerScan {
  /**
   * What stands for itself in a pattern of LIKE, and in JSON as in the text that is looked for;
   * LIKE ignores the case of ASCII letters alone.
   */
  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9 .,:;/@=+-]+");

  private LedgerScan() {}

  static List<StoredEntry> run(Connection connection, EntryScan scan) throws SQLException {
    String sql =
        "SELECT number, entry, details FROM details CROSS JOIN entries USING (number)"
            + " WHERE number >= ? AND number < ?"
            + " AND CAST(details AS TEXT) LIKE ?".repeat(scan.parts().size())
            + " ORDER BY number DESC LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, scan.since());
      statement.setLong(2, scan.before());
      int next = 3;
      for (String part : scan.parts()) {
        statement.setString(next++, pattern(part));
      }
      statement.setInt(next, scan.limit());
      List<StoredEntry> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(LedgerQueries.stored(row));
        }
      }
      return found;
    }
  }

  static List<EntryNumber> withDetails(
      Connection connection, EntryKind kind, long from, long before, int limit)
      throws SQLException {
    String sql =
        "SELECT number FROM details INDEXED BY details_by_kind WHERE kind = ? AND number >= ?"
            + " AND number < ? AND erased_by IS NULL ORDER BY number LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, kind.wireName());
      statement.setLong(2, from);
      statement.setLong(3, before);
      statement.setInt(4, limit);
      List<EntryNumber> numbers = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          numbers.add(new EntryNumber(row.getLong(1)));
        }
      }
      return numbers;
    }
  }

  /** Matches at least what has the part in it: whatever may be written otherwise is anything. */
  static String pattern(String part) {
    return "%" + OTHER.matcher(part).replaceAll("%") + "%";
  }
}
