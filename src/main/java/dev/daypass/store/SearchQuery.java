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
  private final EntrySearch search;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  private SearchQuery(EntrySearch search) {
    this.search = search;
  }

  static SearchQuery of(EntrySearch search) {
    SearchQuery query = new SearchQuery(search);
    // Where a role is asked too, its index finds less to look at than that of the kind.
    String kind = search.keys().role().isPresent() ? "+kind = ?" : "kind = ?";
    query.where(kind, search.kind().map(EntryKind::wireName));
    query.where("term = ?", search.term());
    query.where("identity = ?", search.keys().identity().map(IdentityColumn::of));
    query.where("role = ?", search.keys().role());
    query.where(
        "key_fingerprint = ?",
        search.keys().keyFingerprint().map(fingerprint -> fingerprint.sha256().toArray()));
    query.where("idempotency_key = ?", search.keys().idempotencyKey().map(key -> key.toArray()));
    query.where("at >= ?", search.from().map(Instant::toEpochMilli));
    query.where("at < ?", search.until().map(Instant::toEpochMilli));
    return query;
  }

  List<EntryNumber> run(Connection connection) throws SQLException {
    Optional<String> rows = sections();
    List<Long> numbers =
        rows.isEmpty()
            ? inOneGo(connection)
            : new SectionedSearch(rows.get(), String.join(" AND ", conditions), values)
                .newest(connection, search.before(), search.limit());
    return numbers.stream().map(EntryNumber::new).toList();
  }

  /** Where it is found, if that is in sections; what is found by one row needs none. */
  private Optional<String> sections() {
    if (search.keys().idempotencyKey().isPresent()) {
      return Optional.empty();
    }
    return search
        .keys()
        .keyFingerprint()
        .map(_ -> SectionedSearch.BY_KEY)
        .or(() -> search.keys().identity().map(_ -> SectionedSearch.BY_IDENTITY))
        .filter(_ -> search.term().isEmpty())
        .or(() -> search.term().map(_ -> SectionedSearch.BY_TERM));
  }

  private List<Long> inOneGo(Connection connection) throws SQLException {
    where("number < ?", search.before());
    values.add(search.limit());
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    String sql = "SELECT number FROM details" + where + " ORDER BY number DESC LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<Long> numbers = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          numbers.add(row.getLong(1));
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
