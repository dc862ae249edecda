package dev.daypass.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Older rows name identities; see {@link IdentityColumn}. Flyway reads the name of this class. */
final class V7__HashedIdentities extends BaseJavaMigration {
  private static final int CHUNK = 1000;

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    long last = -1;
    Map<Long, String> some = named(connection, last);
    while (!some.isEmpty()) {
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE details SET identity = ? WHERE number = ?")) {
        for (Map.Entry<Long, String> row : some.entrySet()) {
          update.setString(1, IdentityColumn.of(row.getValue()));
          update.setLong(2, row.getKey());
          update.executeUpdate();
          last = row.getKey();
        }
      }
      some = named(connection, last);
    }
  }

  private static Map<Long, String> named(Connection connection, long after) throws SQLException {
    String sql =
        "SELECT number, identity FROM details WHERE number > ? AND identity IS NOT NULL"
            + " ORDER BY number LIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, after);
      select.setInt(2, CHUNK);
      Map<Long, String> rows = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.put(row.getLong(1), row.getString(2));
        }
      }
      return rows;
    }
  }
}
