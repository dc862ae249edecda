package dev.daypass.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A search by an index that has a section for every 1024 entries (V5__sections.sql). What is newest
 * is mostly what is asked for, so it goes from the end of the ledger backwards and stops when it
 * has enough; to learn that there is nothing takes some two microseconds a section.
 *
 * @param rows where the rows of one section are, whose number is {@code section}
 * @param condition what must hold of a row, that which the rows are sorted by in it
 * @param values of its parameters
 */
record SectionedSearch(String rows, String condition, List<Object> values) {
  static final int BITS = 10;

  static final String BY_IDENTITY =
      "details INDEXED BY details_by_identity WHERE number >> 10 = sections.section";
  static final String BY_KEY =
      "details INDEXED BY details_by_key WHERE number >> 10 = sections.section";
  static final String BY_TERM =
      "terms CROSS JOIN details USING (number) WHERE terms.section = sections.section";

  /** Sections that the first statement looks into: what many entries have is found in these. */
  private static final long FIRST_STRETCH = 4;

  /** And one of the later ones at most. */
  private static final long LAST_STRETCH = 256;

  SectionedSearch {
    values = List.copyOf(values);
  }

  /** The highest numbers below that bound, or of all, the highest first. */
  List<Long> newest(Connection connection, Optional<Long> before, int limit) throws SQLException {
    List<Long> found = new ArrayList<>();
    long end = before.orElse(Long.MAX_VALUE);
    long high = (Math.min(end, size(connection)) - 1) >> BITS;
    long stretch = FIRST_STRETCH;
    try (PreparedStatement statement = connection.prepareStatement(sql())) {
      while (high >= 0 && found.size() < limit) {
        statement.setLong(1, high);
        statement.setLong(2, Math.max(0, high - stretch + 1));
        statement.setLong(3, end);
        for (int i = 0; i < values.size(); i++) {
          statement.setObject(4 + i, values.get(i));
        }
        statement.setInt(4 + values.size(), limit - found.size());
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            found.add(row.getLong(1));
          }
        }
        high -= stretch;
        stretch = Math.min(2 * stretch, LAST_STRETCH);
      }
    }
    return found;
  }

  private String sql() {
    return "WITH RECURSIVE sections (section) AS"
        + " (SELECT ?1 UNION ALL SELECT section - 1 FROM sections WHERE section > ?2)"
        + " SELECT number FROM sections CROSS JOIN "
        + rows
        + " AND number < ?3 AND "
        + condition
        + " ORDER BY number DESC LIMIT ?";
  }

  private static long size(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(number), -1) FROM details")) {
      return row.next() ? row.getLong(1) + 1 : 0;
    }
  }
}
