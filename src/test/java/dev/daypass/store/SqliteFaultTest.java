package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.StopCause;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.Batch;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.tlog.TreeSize;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SqliteFaultTest {
  @TempDir private Path folder;
  private SqliteDatabase database;

  @BeforeEach
  void open() throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void rollsBackWhenThereIsNoSpaceAndResumesWhenThereIs() throws Exception {
    AtomicLong pages = new AtomicLong(1_000_000);
    List<Connection> writers = new ArrayList<>();
    SqliteLedgerStore store =
        SqliteLedgerStore.open(
            database,
            () -> {
              writers.add(database.writer());
              setPages(writers.getLast(), pages.get());
              return writers.getLast();
            });
    try (TestLedger test = TestLedger.over(store)) {
      test.append(TestLedger.started());
      pages.set(number(writers.getLast(), "page_count"));
      setPages(writers.getLast(), pages.get());
      assertThat(refusalAfterSpaceRanOut(test)).isEqualTo(StopCause.STORE_FULL);
      TreeSize size = test.ledger().size();
      assertThat(store.head().frontier().size()).isEqualTo(size);
      pages.set(1_000_000);
      assertThat(firstReceipt(test).number()).isEqualTo(size.nextEntry());
      assertThat(test.fatal()).isNotDone();
      test.checkInvariants();
    }
  }

  @Test
  void noticesASecondWriterByTheSizeOfTheHead() throws Exception {
    try (TestLedger test = TestLedger.over(SqliteLedgerStore.open(database))) {
      StoredHead head = database.readAfresh(LedgerQueries::head);
      test.append(TestLedger.started());
      SqliteLedgerStore second = SqliteLedgerStore.open(database);
      Batch stale = new Batch(head.frontier().size(), head, List.of(), List.of(), Optional.empty());
      assertThatThrownBy(() -> second.append(stale)).isInstanceOf(StoreFailed.class);
      second.close();
      test.append(TestLedger.started());
      test.checkInvariants();
    }
  }

  @Test
  void endsTheProcessWhenTheHeadWasMovedUnderIt() throws Exception {
    try (TestLedger test = TestLedger.over(SqliteLedgerStore.open(database))) {
      execute("UPDATE head SET size = size + 1");
      assertThatThrownBy(() -> test.append(TestLedger.started()))
          .isInstanceOfSatisfying(
              LedgerUnavailable.class, e -> assertThat(e.stopCause()).isEqualTo(StopCause.FAILED));
      assertThat(test.fatal().get()).isInstanceOf(StoreFailed.class);
    }
  }

  @Test
  void refusesAHeadThatIsNotWhereTheEntriesEnd() throws Exception {
    TestLedger.over(SqliteLedgerStore.open(database)).close();
    execute("UPDATE head SET size = 3, peaks = zeroblob(64)");
    assertThatThrownBy(() -> database.readAfresh(LedgerQueries::head))
        .isInstanceOf(StoreFailed.class);
  }

  @Test
  void refusesASchemaOfALaterProgram() throws Exception {
    execute(
        "INSERT INTO flyway_schema_history SELECT 99, '99', 'later', 'SQL', 'V99__later.sql', 1,"
            + " 'x', installed_on, 1, 1 FROM flyway_schema_history LIMIT 1");
    database.close();
    assertThatThrownBy(() -> SqliteDatabase.open(folder.resolve("ledger.db")))
        .isInstanceOf(StoreFailed.class);
  }

  @Test
  void keepsStrictTablesAndChecksSettings() throws Exception {
    assertThatThrownBy(() -> execute("UPDATE head SET size = 'many'"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> execute("INSERT INTO details (number, kind, at) VALUES (7, 'x', 1)"))
        .isInstanceOf(SQLException.class);
    try (Connection connection = database.writer()) {
      assertThat(number(connection, "synchronous")).isEqualTo(2);
      assertThat(number(connection, "foreign_keys")).isEqualTo(1);
      assertThat(number(connection, "trusted_schema")).isZero();
      assertThat(number(connection, "secure_delete")).isEqualTo(1);
    }
  }

  @Test
  void cannotWriteThroughAReader() {
    assertThatThrownBy(() ->
            database.read(connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute("UPDATE head SET size = 1");
              }
            }))
        .isInstanceOf(StoreFailed.class);
  }

  private StopCause refusalAfterSpaceRanOut(TestLedger test) {
    for (int i = 0; i < 10_000; i++) {
      try {
        test.append(test.granting("user " + i));
      } catch (LedgerUnavailable e) {
        return e.stopCause();
      }
    }
    throw new AssertionError("still takes " + EntryKind.CERTIFICATE_GRANTED);
  }

  private static Receipt firstReceipt(TestLedger test) {
    while (true) {
      try {
        return test.append(TestLedger.started());
      } catch (LedgerUnavailable e) {
        assertThat(e.stopCause()).isEqualTo(StopCause.STORE_FULL);
      }
    }
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = database.writer();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void setPages(Connection connection, long pages) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA max_page_count = " + pages);
    }
  }

  private static long number(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
      return row.getLong(1);
    }
  }
}
