package dev.daypass;

import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A copy of a ledger's store, to be read without touching the original: the daemon holds the
 * original's lock, and its recovery after a crash is the daemon's own to prove.
 */
final class LedgerCopy implements AutoCloseable {
  private final Path folder;
  private final SqliteDatabase database;
  private final LedgerStore store;

  private LedgerCopy(Path folder) throws StoreFailed {
    this.folder = folder;
    this.database = SqliteDatabase.open(folder.resolve("ledger.db"));
    this.store = SqliteLedgerStore.open(database);
  }

  /** One moment of a store that may be in use. */
  static LedgerCopy ofLive(Path original) throws IOException, StoreFailed {
    Path folder = Files.createTempDirectory("daypass-copy-");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + original);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("VACUUM INTO '" + folder.resolve("ledger.db") + "'");
    } catch (SQLException e) {
      throw new IOException("cannot copy " + original, e);
    }
    return new LedgerCopy(folder);
  }

  /** The very files that a dead process left, its write-ahead log or journal among them. */
  static LedgerCopy ofDead(Path original) throws IOException, StoreFailed {
    Path folder = Files.createTempDirectory("daypass-copy-");
    for (String suffix : List.of("", "-wal", "-journal")) {
      Path file = original.resolveSibling(original.getFileName() + suffix);
      if (Files.exists(file)) {
        Files.copy(file, folder.resolve("ledger.db" + suffix));
      }
    }
    return new LedgerCopy(folder);
  }

  LedgerStore store() {
    return store;
  }

  @Override
  public void close() throws IOException {
    store.close();
    database.close();
    Folders.delete(folder);
  }
}
