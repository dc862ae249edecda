package dev.daypass.store;

import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is read of the ledger's tables. */
final class LedgerQueries {
  private LedgerQueries() {}

  /** The head, after a look that the entries end where it says. */
  static StoredHead head(Connection connection) throws SQLException {
    String sql =
        "SELECT size, peaks, newest_at, (SELECT coalesce(max(number), -1) FROM entries) FROM head";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("the ledger's head is missing");
      }
      long size = row.getLong(1);
      if (row.getLong(4) != size - 1) {
        throw new SQLException("the ledger's entries do not end where its head says");
      }
      Frontier frontier = Frontier.of(new TreeSize(size), hashes(row.getBytes(2)));
      return new StoredHead(frontier, Instant.ofEpochMilli(row.getLong(3)));
    } catch (IllegalArgumentException e) {
      throw new SQLException("the ledger's head is damaged", e);
    }
  }

  static List<StoredEntry> entries(Connection connection, EntryNumber from, int limit)
      throws SQLException {
    String sql =
        "SELECT number, entry, details FROM entries JOIN details USING (number)"
            + " WHERE number >= ? ORDER BY number LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, from.value());
      statement.setInt(2, limit);
      List<StoredEntry> entries = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          entries.add(stored(row));
        }
      }
      return entries;
    }
  }

  static List<StoredEntry> entriesAt(Connection connection, List<EntryNumber> numbers)
      throws SQLException {
    String sql =
        "SELECT number, entry, details FROM entries JOIN details USING (number) WHERE number = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      List<StoredEntry> entries = new ArrayList<>(numbers.size());
      for (EntryNumber number : numbers) {
        statement.setLong(1, number.value());
        try (ResultSet row = statement.executeQuery()) {
          if (row.next()) {
            entries.add(stored(row));
          }
        }
      }
      return entries;
    }
  }

  /** Of a row of number, entry and details. */
  static StoredEntry stored(ResultSet row) throws SQLException {
    return new StoredEntry(
        new EntryNumber(row.getLong(1)),
        Bytes.of(row.getBytes(2)),
        Optional.ofNullable(row.getBytes(3)).map(Bytes::of));
  }

  /** Entries without their details, which lie in another table. */
  static List<Bytes> leaves(Connection connection, EntryNumber from, int limit)
      throws SQLException {
    String sql = "SELECT entry FROM entries WHERE number >= ? ORDER BY number LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, from.value());
      statement.setInt(2, limit);
      List<Bytes> leaves = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          leaves.add(Bytes.of(row.getBytes(1)));
        }
      }
      return leaves;
    }
  }

  static Optional<Bytes> tile(Connection connection, int level, long index) throws SQLException {
    String sql = "SELECT hashes FROM tiles WHERE level = ? AND tile = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, level);
      statement.setLong(2, index);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(Bytes.of(row.getBytes(1))) : Optional.empty();
      }
    }
  }

  static List<Hash> tileRoots(Connection connection, int level, long from, int limit)
      throws SQLException {
    String sql = "SELECT root FROM tiles WHERE level = ? AND tile >= ? ORDER BY tile LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, level);
      statement.setLong(2, from);
      statement.setInt(3, limit);
      List<Hash> roots = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          roots.add(Hash.of(row.getBytes(1)));
        }
      }
      return roots;
    }
  }

  static Optional<String> checkpoint(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT checkpoint FROM head");
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  private static List<Hash> hashes(byte[] concatenated) {
    Bytes bytes = Bytes.of(concatenated);
    List<Hash> hashes = new ArrayList<>();
    for (int at = 0; at < bytes.size(); at += Hash.SIZE) {
      hashes.add(Hash.of(bytes.slice(at, Math.min(at + Hash.SIZE, bytes.size())).toArray()));
    }
    return hashes;
  }
}
