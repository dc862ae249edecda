package dev.daypass.store;

import static dev.daypass.store.SqliteWriter.update;

import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Username;
import dev.daypass.ledger.Fatal;
import dev.daypass.ledger.privacy.PersonalRecords;
import dev.daypass.ledger.store.StoreFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** People in the tables beside the ledger's. */
public final class SqlitePersonalRecords implements PersonalRecords {
  private static final String OF_IDENTITY = " WHERE issuer = ? AND subject = ?";

  /** Those that name people, now or in rows that were deleted before. */
  private static final List<String> TABLES =
      List.of("logins", "bound_keys", "usernames", "accounts", "join_tokens");

  private final SqliteDatabase database;
  private final SqliteIdentityRegistry registry;
  private final SqliteWriter writer;

  /**
   * @param fatal ends the process after a commit whose outcome is in doubt
   */
  public SqlitePersonalRecords(
      SqliteDatabase database, SqliteIdentityRegistry registry, Fatal fatal) {
    this.database = database;
    this.registry = registry;
    this.writer = new SqliteWriter(database, fatal, "what is known of people");
  }

  @Override
  public Optional<IdentityId> owner(Username username) throws StoreFailed {
    return registry.owner(username);
  }

  @Override
  public boolean hasLogin(IdentityId id) throws StoreFailed {
    return database.read(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement("SELECT 1 FROM logins" + OF_IDENTITY)) {
        SqliteWriter.set(query, id.issuer(), id.subject());
        try (ResultSet row = query.executeQuery()) {
          return row.next();
        }
      }
    });
  }

  @Override
  public void forget(IdentityId id, Username username) throws StoreFailed {
    var _ =
        writer.write(connection -> {
          for (String table : List.of("usernames", "accounts")) {
            update(connection, "DELETE FROM " + table + OF_IDENTITY, id.issuer(), id.subject());
          }
          update(
              connection,
              "DELETE FROM bound_keys"
                  + OF_IDENTITY
                  + " AND key_fingerprint NOT IN (SELECT key_fingerprint FROM logins)",
              id.issuer(),
              id.subject());
          update(
              connection,
              "UPDATE join_tokens SET made_by = 'erased' WHERE made_by = ?",
              username.text());
          return rewrite(connection);
        });
    registry.forgetWhatIsRemembered();
  }

  /**
   * Writes the tables anew, in the order of their keys: SQLite may have left copies of rows in the
   * free space of pages when it moved them, and clears pages that are given back as a whole.
   */
  private static boolean rewrite(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA defer_foreign_keys = ON");
      for (String table : TABLES) {
        statement.execute("CREATE TEMP TABLE kept AS SELECT * FROM " + table);
        statement.execute("DELETE FROM " + table);
        statement.execute("INSERT INTO " + table + " SELECT * FROM kept ORDER BY 1");
        statement.execute("DROP TABLE kept");
      }
      return true;
    }
  }
}
