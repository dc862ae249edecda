package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.EntryTerms;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How SQLite goes about what the console's pages ask: never through all that there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueryPlanTest {
  private static final SearchKeys NONE = SearchKeys.NONE;
  private static final Optional<EntryKind> GRANT = Optional.of(EntryKind.CERTIFICATE_GRANTED);
  private static final Optional<EntryKind> ANY = Optional.empty();
  private static final Fingerprint KEY = new Fingerprint(Bytes.ofUtf8("key").sha256());

  private SqliteDatabase database;
  private Connection connection;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    connection = database.writer();
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
    database.close();
  }

  /** The ledger's page and its next ones. */
  @Test
  void theNewestAreReadFromTheEnd() throws Exception {
    assertThat(plan(ANY, NONE, Optional.empty()))
        .containsExactly("SEARCH details USING INTEGER PRIMARY KEY (rowid<?)");
  }

  @Test
  void kindsAndRolesHaveAnIndex() throws Exception {
    assertThat(plan(GRANT, NONE, Optional.empty()))
        .containsExactly(
            "SEARCH details USING COVERING INDEX details_by_kind (kind=? AND number<?)");
    for (Optional<EntryKind> kind : List.of(ANY, GRANT)) {
      assertThat(plan(kind, keys(Optional.empty(), Optional.of("prod"), false), Optional.empty()))
          .singleElement()
          .asString()
          .contains("INDEX details_by_role (role=? AND number<?)");
    }
  }

  /** In sections of 1024 entries: each is sought by the index, and none is sorted as a whole. */
  @Test
  void peopleKeysAndServersAreFoundInSections() throws Exception {
    Optional<String> server = Optional.of(EntryTerms.server("db-1"));
    Optional<String> entry = Optional.of(EntryTerms.entry(new EntryNumber(7)));
    for (Optional<EntryKind> kind : List.of(ANY, GRANT)) {
      assertThat(plan(kind, keys(Optional.of("a"), Optional.empty(), false), Optional.empty()))
          .anyMatch(step -> step.contains("INDEX details_by_identity (<expr>=? AND identity=?"))
          .noneMatch(QueryPlanTest::readsAll);
      assertThat(plan(kind, keys(Optional.empty(), Optional.empty(), true), Optional.empty()))
          .anyMatch(step -> step.contains("INDEX details_by_key (<expr>=? AND key_fingerprint=?"))
          .noneMatch(QueryPlanTest::readsAll);
      for (Optional<String> term : List.of(server, entry)) {
        assertThat(plan(kind, NONE, term))
            .anyMatch(step -> step.matches("SEARCH terms USING PRIMARY KEY \\(section=\\? AND .*"))
            .noneMatch(QueryPlanTest::readsAll);
      }
    }
  }

  @Test
  void namesAreReadInOrder() throws Exception {
    String sql = "SELECT username FROM usernames WHERE username >= ? ORDER BY username LIMIT ?";
    assertThat(explained(sql)).containsExactly("SEARCH usernames USING PRIMARY KEY (username>?)");
  }

  /** Of the rows of days those that are asked for, whatever the ledger's size. */
  @Test
  void chartsReadWhatWasCounted() throws Exception {
    assertThat(explained(SqliteCountStore.BY_DAY))
        .containsExactly("SEARCH day_counts USING PRIMARY KEY (what=? AND day>? AND day<?)");
    assertThat(explained(SqliteCountStore.BY_NAME))
        .first()
        .isEqualTo("SEARCH day_counts USING PRIMARY KEY (what=? AND day>? AND day<?)");
    assertThat(explained(SqliteCountStore.LONGEST))
        .contains(
            "SEARCH day_longest USING PRIMARY KEY (day>? AND day<?)",
            "SEARCH details USING INTEGER PRIMARY KEY (rowid=?)")
        .noneMatch(QueryPlanTest::readsAll);
  }

  /** Counting reads on from where it stopped. */
  @Test
  void countingReadsTheNewestAlone() throws Exception {
    for (String sql : List.of(FreshCounts.COUNT, FreshCounts.LONGEST)) {
      assertThat(explained(sql))
          .anyMatch(step -> step.contains("details_by_kind (kind=? AND number>? AND number<?)"))
          .noneMatch(QueryPlanTest::readsAll);
    }
    assertThat(explained("DELETE FROM day_longest WHERE number = ?"))
        .allMatch(step -> step.startsWith("SEARCH day_longest USING "));
  }

  private static boolean readsAll(String step) {
    return step.startsWith("SCAN details") || step.startsWith("SCAN terms");
  }

  private static SearchKeys keys(Optional<String> identity, Optional<String> role, boolean key) {
    return new SearchKeys(
        identity, role, key ? Optional.of(KEY) : Optional.empty(), Optional.empty());
  }

  private List<String> plan(Optional<EntryKind> kind, SearchKeys keys, Optional<String> term)
      throws Exception {
    EntrySearch search =
        new EntrySearch(
            kind, keys, term, Optional.empty(), Optional.empty(), Optional.of(5000L), 100);
    return prepared(search).stream()
        .filter(sql -> !sql.contains("max(number)"))
        .distinct()
        .flatMap(sql -> {
          try {
            return explained(sql).stream();
          } catch (SQLException e) {
            throw new AssertionError(sql, e);
          }
        })
        .toList();
  }

  /** Every statement that the search prepares. */
  private List<String> prepared(EntrySearch search) throws SQLException {
    List<String> statements = new ArrayList<>();
    Connection listening =
        (Connection)
            Proxy.newProxyInstance(
                QueryPlanTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("prepareStatement")) {
                    statements.add((String) arguments[0]);
                  }
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    var _ = SearchQuery.of(search).run(listening);
    assertThat(statements).isNotEmpty();
    return statements;
  }

  private List<String> explained(String sql) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      while (row.next()) {
        steps.add(row.getString("detail"));
      }
    }
    return steps;
  }
}
