package dev.daypass.store;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.tlog.EntryNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A search as a statement: fixed text for each condition asked, every value a parameter. */
final class SearchQuery {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  private SearchQuery() {}

  static SearchQuery of(EntrySearch search) {
    SearchQuery query = new SearchQuery();
    query.where("kind = ?", search.kind().map(EntryKind::wireName));
    query.where("identity = ?", search.keys().identity());
    query.where("role = ?", search.keys().role());
    query.where(
        "key_fingerprint = ?",
        search.keys().keyFingerprint().map(fingerprint -> fingerprint.sha256().toArray()));
    query.where("idempotency_key = ?", search.keys().idempotencyKey().map(key -> key.toArray()));
    query.where("at >= ?", search.from().map(Instant::toEpochMilli));
    query.where("at < ?", search.until().map(Instant::toEpochMilli));
    query.where("number < ?", search.before());
    query.values.add(search.limit());
    return query;
  }

  List<EntryNumber> run(Connection connection) throws SQLException {
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    String sql = "SELECT number FROM details" + where + " ORDER BY number DESC LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<EntryNumber> numbers = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          numbers.add(new EntryNumber(row.getLong(1)));
        }
      }
      return numbers;
    }
  }

  private void where(String condition, Optional<?> value) {
    value.ifPresent(present -> {
      conditions.add(condition);
      values.add(present);
    });
  }
}
