package dev.daypass.store;

import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.store.CheckMark;
import dev.daypass.login.store.EndedLogin;
import dev.daypass.login.store.LoginEnd;
import dev.daypass.login.store.SealedToken;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** A row of the table {@code logins}. */
final class LoginRow {
  static final String COLUMNS =
      "id, key, identity, hostname, mode, address, opened_at, until, token, checked_at,"
          + " unreachable_since, check_in_flight, ended_at, end_cause, end_by, end_why,"
          + " end_revokes";

  static final String INSERT =
      "INSERT INTO logins (id, key_fingerprint, key, issuer, subject, identity, hostname, mode,"
          + " address, opened_at, until, token, checked_at, unreachable_since, check_in_flight)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private LoginRow() {}

  static void write(PreparedStatement insert, StoredLogin login) throws SQLException {
    insert.setString(1, login.id().text());
    insert.setBytes(2, login.key().fingerprint().sha256().toArray());
    insert.setString(3, login.key().line());
    insert.setString(4, login.identity().id().issuer());
    insert.setString(5, login.identity().id().subject());
    insert.setString(6, IdentityText.write(login.identity()));
    insert.setString(7, login.hostname());
    insert.setString(8, login.mode().text());
    insert.setString(9, login.address().toString());
    insert.setLong(10, login.openedAt().toEpochMilli());
    insert.setLong(11, login.until().toEpochMilli());
    insert.setBytes(12, login.token().map(token -> token.sealed().toArray()).orElse(null));
    insert.setLong(13, login.check().passedAt().toEpochMilli());
    insert.setObject(14, login.check().unreachableSince().map(Instant::toEpochMilli).orElse(null));
    insert.setBoolean(15, login.check().inFlight());
  }

  static StoredLogin read(ResultSet row) throws SQLException {
    try {
      return new StoredLogin(
          new LoginId(row.getString("id")),
          SshPublicKey.parse(row.getString("key")),
          IdentityText.read(row.getString("identity")),
          row.getString("hostname"),
          LoginMode.parse(row.getString("mode")).orElseThrow(() -> damaged(null)),
          IpAddress.parse(row.getString("address")).orElseThrow(() -> damaged(null)),
          Instant.ofEpochMilli(row.getLong("opened_at")),
          Instant.ofEpochMilli(row.getLong("until")),
          Optional.ofNullable(row.getBytes("token")).map(Bytes::of).map(SealedToken::new),
          new CheckMark(
              Instant.ofEpochMilli(row.getLong("checked_at")),
              time(row, "unreachable_since"),
              row.getBoolean("check_in_flight")));
    } catch (SshFormatException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  static EndedLogin readEnded(ResultSet row) throws SQLException {
    LoginEnd end =
        new LoginEnd(
            row.getString("end_cause"),
            Optional.ofNullable(row.getString("end_by")),
            Optional.ofNullable(row.getString("end_why")),
            row.getBoolean("end_revokes"));
    return new EndedLogin(read(row), end, time(row, "ended_at").orElseThrow(() -> damaged(null)));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static SQLException damaged(@org.jspecify.annotations.Nullable Throwable cause) {
    return new SQLException("a stored login is damaged", cause);
  }
}
