package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.TreeSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDatabaseTest {
  private static final String LATER =
      "INSERT INTO flyway_schema_history SELECT 99, '99', 'later', 'SQL', 'V99__later.sql', 1,"
          + " 'x', installed_on, 1, 1 FROM flyway_schema_history LIMIT 1";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("ledger.db");
  }

  @Test
  void refusesANewerSchemaAndSaysWhich() throws Exception {
    make(LATER);
    assertThatThrownBy(() -> SqliteDatabase.open(file))
        .isInstanceOf(StoreFailed.class)
        .hasMessage("cannot open " + file)
        .cause()
        .hasMessageContaining("99");
  }

  @Test
  void leavesTheStoreToTheNewerProgramAfterRefusingIt() throws Exception {
    make(LATER);
    assertThatThrownBy(() -> SqliteDatabase.open(file)).isInstanceOf(StoreFailed.class);
    try (StoreLock _ = StoreLock.take(folder.resolve("ledger.db.lock"))) {
      assertThat(file).isRegularFile();
    }
  }

  @Test
  void refusesASchemaWhoseMigrationWasAnother() throws Exception {
    make("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'");
    assertThatThrownBy(() -> SqliteDatabase.open(file))
        .isInstanceOf(StoreFailed.class)
        .cause()
        .hasMessageContaining("checksum");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws Exception {
    Files.writeString(file, "these are notes, and no database at all\n".repeat(200));
    assertThatThrownBy(() -> SqliteDatabase.open(file)).isInstanceOf(StoreFailed.class);
    assertThat(Files.readString(file)).startsWith("these are notes");
  }

  @Test
  void closesAFileThatOthersCouldReadBeforeItWrites() throws Exception {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    try (SqliteDatabase database = SqliteDatabase.open(file);
        TestLedger _ = TestLedger.over(SqliteLedgerStore.open(database))) {
      for (String name : new String[] {"ledger.db", "ledger.db-wal", "ledger.db-shm"}) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
            .as(name)
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void readsBesideTheProcessThatWritesAndTakesNoLock() throws Exception {
    try (SqliteDatabase database = SqliteDatabase.open(file);
        TestLedger test = TestLedger.over(SqliteLedgerStore.open(database));
        SqliteDatabase beside = SqliteDatabase.openForReading(file);
        SqliteLedgerReader reader = new SqliteLedgerReader(beside)) {
      test.append(TestLedger.started());
      assertThat(reader.head().frontier().size()).isEqualTo(new TreeSize(2));
      assertThatThrownBy(reader::probe)
          .isInstanceOf(StoreFailed.class)
          .hasMessage("the store is open for reading");
      test.append(TestLedger.started());
      assertThat(reader.head().frontier().size()).isEqualTo(new TreeSize(3));
    }
  }

  @Test
  void makesNoFileWhenItIsOnlyToRead() {
    assertThatThrownBy(() -> SqliteDatabase.openForReading(file))
        .isInstanceOf(StoreFailed.class)
        .hasMessage("there is no " + file);
    assertThat(folder).isEmptyDirectory();
  }

  private void make(String change) throws Exception {
    try (SqliteDatabase database = SqliteDatabase.open(file);
        Connection connection = database.writer();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(change)).isEqualTo(1);
    }
  }
}
