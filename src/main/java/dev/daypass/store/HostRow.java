package dev.daypass.store;

import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.host.HostChange;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.fleet.host.PendingJoin;
import dev.daypass.fleet.host.StoredToken;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.host.Label;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of the tables of V4: servers, their changes, tokens, servers that ask. */
final class HostRow {
  private HostRow() {}

  static JoinedHost joined(ResultSet row) throws SQLException {
    return read(
        row,
        r ->
            new JoinedHost(
                new HostName(r.getString("name")),
                labels(r),
                SshPublicKey.parse(r.getString("key")),
                mode(r),
                time(r, "joined_at"),
                new EntryNumber(r.getLong("joined")),
                new EntryNumber(r.getLong("changed"))));
  }

  static HostChange change(ResultSet row) throws SQLException {
    return read(
        row,
        r ->
            new HostChange(
                r.getString("id"),
                HostChange.Kind.valueOf(r.getString("kind")),
                basis(r),
                new HostName(r.getString("name")),
                labels(r),
                SshPublicKey.parse(r.getString("key")),
                mode(r),
                r.getString("by"),
                r.getString("why"),
                time(r, "at")));
  }

  static StoredToken token(ResultSet row) throws SQLException {
    return read(
        row,
        r ->
            new StoredToken(
                Bytes.of(r.getBytes("sha256")),
                new HostName(r.getString("name")),
                labels(r),
                time(r, "valid_until"),
                r.getString("made_by"),
                r.getBoolean("used")));
  }

  static PendingJoin asking(ResultSet row) throws SQLException {
    return read(
        row,
        r ->
            new PendingJoin(
                SshPublicKey.parse(r.getString("key")),
                new HostName(r.getString("claimed")),
                mode(r),
                IpAddress.parse(r.getString("address")).orElseThrow(HostRow::unreadable),
                time(r, "asked_at")));
  }

  /** Labels as they stand in a column. */
  static String text(Map<String, String> labels) {
    return String.join(" ", Label.texts(labels));
  }

  private static Map<String, String> labels(ResultSet row) throws SQLException {
    String text = row.getString("labels");
    List<String> labels = text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    return Label.parseAll(labels).orElseThrow(HostRow::unreadable);
  }

  private static ServerMode mode(ResultSet row) throws SQLException {
    return ServerMode.ofWireName(row.getString("mode")).orElseThrow(HostRow::unreadable);
  }

  private static Optional<EntryNumber> basis(ResultSet row) throws SQLException {
    long basis = row.getLong("basis");
    return row.wasNull() ? Optional.empty() : Optional.of(new EntryNumber(basis));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException("not what was written");
  }

  private static <T> T read(ResultSet row, Reading<T> reading) throws SQLException {
    try {
      return reading.read(row);
    } catch (SshFormatException | IllegalArgumentException e) {
      throw new SQLException("a stored server is damaged", e);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(ResultSet row) throws SQLException, SshFormatException;
  }
}
