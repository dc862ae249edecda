package dev.daypass.store;

import static dev.daypass.store.SqliteWriter.set;
import static dev.daypass.store.SqliteWriter.update;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.Fatal;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.LoginId;
import dev.daypass.login.store.EndedLogin;
import dev.daypass.login.store.LoginEnd;
import dev.daypass.login.store.LoginStore;
import dev.daypass.login.store.SealedToken;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.ssh.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Logins in SQLite, beside the ledger and in its write-ahead log. */
public final class SqliteLoginStore implements LoginStore {
  private static final String SELECT = "SELECT " + LoginRow.COLUMNS + " FROM logins WHERE ";
  private static final String OPEN = "ended_at IS NULL";
  private static final String END =
      "UPDATE logins SET ended_at = ?, end_cause = ?, end_by = ?, end_why = ?, end_revokes = ?,"
          + " token = NULL WHERE ended_at IS NULL AND ";

  private final SqliteDatabase database;
  private final SqliteWriter writer;

  /**
   * @param fatal ends the process after a commit whose outcome is in doubt: the write-ahead log is
   *     the ledger's too, and its next commit would build on what a failed sync has lost
   */
  public SqliteLoginStore(SqliteDatabase database, Fatal fatal) {
    this.database = database;
    this.writer = new SqliteWriter(database, fatal, "a login");
  }

  @Override
  public Optional<IdentityId> boundTo(Fingerprint key) throws StoreFailed {
    return database.read(connection -> owner(connection, key));
  }

  @Override
  public Opening open(StoredLogin login, LoginEnd replaced) throws StoreFailed {
    Fingerprint key = login.key().fingerprint();
    return writer.write(connection -> {
      Optional<IdentityId> owner = owner(connection, key);
      if (owner.isPresent() && !owner.get().equals(login.identity().id())) {
        return Opening.KEY_IN_USE;
      }
      byte[] sha256 = key.sha256().toArray();
      IdentityId id = login.identity().id();
      update(
          connection,
          "INSERT OR IGNORE INTO bound_keys VALUES (?, ?, ?)",
          sha256,
          id.issuer(),
          id.subject());
      end(connection, replaced, login.openedAt(), "key_fingerprint = ?", sha256);
      try (PreparedStatement insert = connection.prepareStatement(LoginRow.INSERT)) {
        LoginRow.write(insert, login);
        insert.executeUpdate();
      }
      return Opening.OPENED;
    });
  }

  @Override
  public Optional<StoredLogin> find(LoginId id) throws StoreFailed {
    return select("id = ? AND " + OPEN, id.text()).stream().findFirst();
  }

  @Override
  public Optional<StoredLogin> ofKey(Fingerprint key) throws StoreFailed {
    return select("key_fingerprint = ? AND " + OPEN, key.sha256().toArray()).stream().findFirst();
  }

  @Override
  public List<StoredLogin> ofIdentity(IdentityId identity) throws StoreFailed {
    return select(
        "issuer = ? AND subject = ? AND " + OPEN + " ORDER BY opened_at DESC, id",
        identity.issuer(),
        identity.subject());
  }

  @Override
  public List<StoredLogin> all() throws StoreFailed {
    return select(OPEN + " ORDER BY opened_at DESC, id");
  }

  @Override
  public List<StoredLogin> checkedBefore(Instant moment) throws StoreFailed {
    return select(
        "checked_at < ? AND token IS NOT NULL AND " + OPEN + " ORDER BY checked_at",
        moment.toEpochMilli());
  }

  @Override
  public List<LoginId> expired(Instant now) throws StoreFailed {
    return ids("SELECT id FROM logins WHERE until <= ? AND " + OPEN, now.toEpochMilli());
  }

  @Override
  public void checkBegins(LoginId id) throws StoreFailed {
    writer.write(connection ->
        update(connection, "UPDATE logins SET check_in_flight = 1 WHERE id = ?", id.text()));
  }

  @Override
  public void rotate(LoginId id, SealedToken token) throws StoreFailed {
    writer.write(connection ->
        update(
            connection,
            "UPDATE logins SET token = ?, check_in_flight = 0 WHERE id = ? AND " + OPEN,
            token.sealed().toArray(),
            id.text()));
  }

  @Override
  public boolean checkPassed(LoginId id, Identity identity, Instant at) throws StoreFailed {
    return writer.write(connection ->
        update(
                connection,
                "UPDATE logins SET identity = ?, checked_at = ?, unreachable_since = NULL,"
                    + " check_in_flight = 0 WHERE id = ? AND "
                    + OPEN,
                IdentityText.write(identity),
                at.toEpochMilli(),
                id.text())
            == 1);
  }

  @Override
  public void checkUnanswered(LoginId id, Instant since, boolean inFlight) throws StoreFailed {
    writer.write(connection ->
        update(
            connection,
            "UPDATE logins SET unreachable_since = ?, check_in_flight = ? WHERE id = ?",
            since.toEpochMilli(),
            inFlight ? 1 : 0,
            id.text()));
  }

  @Override
  public Optional<Instant> silentSince(String issuer) throws StoreFailed {
    // What the provider answered for one login ends its silence towards all.
    String sql =
        "SELECT MIN(unreachable_since) FROM logins WHERE issuer = ?1 AND ended_at IS NULL AND"
            + " unreachable_since > (SELECT MAX(checked_at) FROM logins WHERE issuer = ?1)";
    return database.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(sql)) {
        query.setString(1, issuer);
        try (ResultSet row = query.executeQuery()) {
          long millis = row.next() ? row.getLong(1) : 0;
          return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
        }
      }
    });
  }

  @Override
  public boolean end(LoginId id, LoginEnd end, Instant at) throws StoreFailed {
    return writer.write(connection -> end(connection, end, at, "id = ?", id.text()) == 1);
  }

  @Override
  public Optional<EndedLogin> ended(LoginId id) throws StoreFailed {
    return database.read(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement(SELECT + "id = ? AND ended_at IS NOT NULL")) {
        query.setString(1, id.text());
        try (ResultSet row = query.executeQuery()) {
          return row.next() ? Optional.of(LoginRow.readEnded(row)) : Optional.empty();
        }
      }
    });
  }

  @Override
  public List<LoginId> endings() throws StoreFailed {
    return ids("SELECT id FROM logins WHERE ended_at IS NOT NULL ORDER BY ended_at");
  }

  @Override
  public void forget(LoginId id) throws StoreFailed {
    writer.write(connection ->
        update(connection, "DELETE FROM logins WHERE id = ? AND ended_at IS NOT NULL", id.text()));
  }

  private List<StoredLogin> select(String where, Object... values) throws StoreFailed {
    return database.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(SELECT + where)) {
        set(query, values);
        List<StoredLogin> logins = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            logins.add(LoginRow.read(row));
          }
        }
        return logins;
      }
    });
  }

  private List<LoginId> ids(String sql, Object... values) throws StoreFailed {
    return database.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(sql)) {
        set(query, values);
        List<LoginId> ids = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            ids.add(new LoginId(row.getString(1)));
          }
        }
        return ids;
      }
    });
  }

  private static Optional<IdentityId> owner(Connection connection, Fingerprint key)
      throws SQLException {
    String sql = "SELECT issuer, subject FROM bound_keys WHERE key_fingerprint = ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setBytes(1, key.sha256().toArray());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new IdentityId(row.getString(1), row.getString(2)))
            : Optional.empty();
      }
    }
  }

  private static int end(
      Connection connection, LoginEnd end, Instant at, String where, Object value)
      throws SQLException {
    return update(
        connection,
        END + where,
        at.toEpochMilli(),
        end.cause(),
        end.by().orElse(null),
        end.why().orElse(null),
        end.revokes() ? 1 : 0,
        value);
  }
}
