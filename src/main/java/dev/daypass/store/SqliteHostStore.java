package dev.daypass.store;

import static dev.daypass.store.SqliteWriter.set;
import static dev.daypass.store.SqliteWriter.update;

import dev.daypass.fleet.host.HostChange;
import dev.daypass.fleet.host.HostStore;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.fleet.host.PendingJoin;
import dev.daypass.fleet.host.StoredToken;
import dev.daypass.ledger.Fatal;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Joined servers in SQLite, beside the ledger and in its write-ahead log. */
public final class SqliteHostStore implements HostStore {
  private static final String UNDER_WAY =
      "SELECT 1 FROM host_changes WHERE name = ? OR key_fingerprint = ?";

  private final SqliteDatabase database;
  private final SqliteWriter writer;

  /**
   * @param fatal ends the process after a commit whose outcome is in doubt
   */
  public SqliteHostStore(SqliteDatabase database, Fatal fatal) {
    this.database = database;
    this.writer = new SqliteWriter(database, fatal, "a server");
  }

  @Override
  public void add(StoredToken token) throws StoreFailed {
    writer.write(connection ->
        update(
            connection,
            "INSERT INTO join_tokens VALUES (?, ?, ?, ?, ?, ?)",
            token.sha256().toArray(),
            token.name().text(),
            HostRow.text(token.labels()),
            token.validUntil().toEpochMilli(),
            token.madeBy(),
            token.used() ? 1 : 0));
  }

  @Override
  public Optional<StoredToken> token(Bytes sha256) throws StoreFailed {
    return select(
            "SELECT * FROM join_tokens WHERE sha256 = ?", HostRow::token, (Object) sha256.toArray())
        .stream()
        .findFirst();
  }

  @Override
  public List<StoredToken> openTokens(Instant now) throws StoreFailed {
    return select(
        "SELECT * FROM join_tokens WHERE used = 0 AND valid_until > ? ORDER BY valid_until, name",
        HostRow::token,
        now.toEpochMilli());
  }

  @Override
  public void forgetTokens(Instant endedBefore) throws StoreFailed {
    writer.write(connection ->
        update(
            connection,
            "DELETE FROM join_tokens WHERE valid_until < ?",
            endedBefore.toEpochMilli()));
  }

  @Override
  public Begun begin(HostChange change, Optional<Bytes> token) throws StoreFailed {
    return writer.write(connection -> {
      Begun begun = standing(connection, change);
      if (begun != Begun.BEGUN) {
        return begun;
      }
      if (token.isPresent() && !spend(connection, token.get(), change)) {
        return Begun.TOKEN_SPENT;
      }
      insert(connection, change);
      return Begun.BEGUN;
    });
  }

  @Override
  public void finish(HostChange change, EntryNumber entry) throws StoreFailed {
    writer.write(connection -> {
      switch (change.kind()) {
        case JOINED ->
            update(
                connection,
                "INSERT INTO hosts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                change.name().text(),
                fingerprint(change),
                change.key().line(),
                HostRow.text(change.labels()),
                change.mode().wireName(),
                change.at().toEpochMilli(),
                entry.value(),
                entry.value());
        case CHANGED ->
            update(
                connection,
                "UPDATE hosts SET labels = ?, mode = ?, changed = ? WHERE name = ?",
                HostRow.text(change.labels()),
                change.mode().wireName(),
                entry.value(),
                change.name().text());
        case LEFT -> update(connection, "DELETE FROM hosts WHERE name = ?", change.name().text());
      }
      return update(connection, "DELETE FROM host_changes WHERE id = ?", change.id());
    });
  }

  @Override
  public List<HostChange> unfinished() throws StoreFailed {
    return select("SELECT * FROM host_changes ORDER BY at, name", HostRow::change);
  }

  @Override
  public List<JoinedHost> all() throws StoreFailed {
    return select("SELECT * FROM hosts ORDER BY name", HostRow::joined);
  }

  @Override
  public void ask(PendingJoin pending) throws StoreFailed {
    writer.write(connection ->
        update(
            connection,
            "INSERT OR REPLACE INTO asking_hosts VALUES (?, ?, ?, ?, ?, ?)",
            pending.key().fingerprint().sha256().toArray(),
            pending.key().line(),
            pending.claimed().text(),
            pending.mode().wireName(),
            pending.address().toString(),
            pending.askedAt().toEpochMilli()));
  }

  @Override
  public List<PendingJoin> asking() throws StoreFailed {
    return select("SELECT * FROM asking_hosts ORDER BY asked_at, claimed", HostRow::asking);
  }

  @Override
  public void forgetAsking(Fingerprint key) throws StoreFailed {
    writer.write(connection ->
        update(
            connection,
            "DELETE FROM asking_hosts WHERE key_fingerprint = ?",
            (Object) key.sha256().toArray()));
  }

  @Override
  public void forgetAskedBefore(Instant moment) throws StoreFailed {
    writer.write(connection ->
        update(connection, "DELETE FROM asking_hosts WHERE asked_at < ?", moment.toEpochMilli()));
  }

  /** Whether what is there allows the change. */
  private static Begun standing(Connection connection, HostChange change) throws SQLException {
    byte[] key = fingerprint(change);
    if (exists(connection, UNDER_WAY, change.name().text(), key)) {
      return Begun.BUSY;
    }
    if (change.basis().isPresent()) {
      boolean asItWas =
          exists(
              connection,
              "SELECT 1 FROM hosts WHERE name = ? AND key_fingerprint = ? AND changed = ?",
              change.name().text(),
              key,
              change.basis().get().value());
      return asItWas ? Begun.BEGUN : Begun.BUSY;
    }
    if (exists(connection, "SELECT 1 FROM hosts WHERE name = ?", change.name().text())) {
      return Begun.NAME_TAKEN;
    }
    return exists(connection, "SELECT 1 FROM hosts WHERE key_fingerprint = ?", (Object) key)
        ? Begun.KEY_TAKEN
        : Begun.BEGUN;
  }

  /** Compare and set: of two servers with one token, one gets it. */
  private static boolean spend(Connection connection, Bytes token, HostChange change)
      throws SQLException {
    return update(
            connection,
            "UPDATE join_tokens SET used = 1 WHERE sha256 = ? AND used = 0 AND valid_until > ?",
            token.toArray(),
            change.at().toEpochMilli())
        == 1;
  }

  private static void insert(Connection connection, HostChange change) throws SQLException {
    update(
        connection,
        "INSERT INTO host_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        change.name().text(),
        fingerprint(change),
        change.id(),
        change.kind().name(),
        change.basis().map(EntryNumber::value).orElse(null),
        change.key().line(),
        HostRow.text(change.labels()),
        change.mode().wireName(),
        change.by(),
        change.why(),
        change.at().toEpochMilli());
  }

  private static byte[] fingerprint(HostChange change) {
    return change.key().fingerprint().sha256().toArray();
  }

  private static boolean exists(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      set(query, values);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private <T> List<T> select(String sql, RowReading<T> reading, Object... values)
      throws StoreFailed {
    return database.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(sql)) {
        set(query, values);
        List<T> rows = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            rows.add(reading.read(row));
          }
        }
        return rows;
      }
    });
  }

  @FunctionalInterface
  private interface RowReading<T> {
    T read(ResultSet row) throws SQLException;
  }
}
