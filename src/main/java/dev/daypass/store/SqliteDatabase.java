package dev.daypass.store;

import dev.daypass.ledger.store.StoreFailed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * An open SQLite file: locked against other processes, migrated, its settings checked. Hands out
 * connections; safe for use by many threads.
 */
public final class SqliteDatabase implements AutoCloseable {
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int READERS = 4;
  static final int BUSY_MILLIS = 10_000;

  /**
   * What each connection must answer. FULL syncs the WAL at each commit; checkpoints are made by
   * the writer itself, because SQLite's automatic ones ignore a failed sync.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "journal_mode", "wal",
          "synchronous", "2",
          "foreign_keys", "1",
          "trusted_schema", "0",
          "secure_delete", "1",
          "temp_store", "2",
          "wal_autocheckpoint", "0");

  private final Path file;
  private final Optional<StoreLock> lock;
  private final Semaphore readerPermits = new Semaphore(READERS);
  private final ConcurrentLinkedDeque<Connection> idleReaders = new ConcurrentLinkedDeque<>();

  private SqliteDatabase(Path file, Optional<StoreLock> lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Opens the file, makes it if it is not there, and migrates its schema.
   *
   * @throws StoreFailed also if another process uses it, or its schema is newer than this program
   */
  public static SqliteDatabase open(Path file) throws StoreFailed {
    StoreLock lock = StoreLock.take(file.resolveSibling(file.getFileName() + ".lock"));
    SqliteDatabase database = new SqliteDatabase(file, Optional.of(lock));
    try {
      // SQLite would create it 0644 under the usual umask; WAL and SHM inherit its mode.
      makePrivate(file);
      database.migrate();
      return database;
    } catch (IOException | FlywayException | SQLException e) {
      lock.close();
      throw new StoreFailed("cannot open " + file, e);
    }
  }

  /** Opens the file as it is, for reading alone, also beside the process that writes it. */
  public static SqliteDatabase openForReading(Path file) throws StoreFailed {
    if (!Files.isRegularFile(file)) {
      throw new StoreFailed("there is no " + file);
    }
    return new SqliteDatabase(file, Optional.empty());
  }

  /** A new connection that may write. */
  Connection writer() throws SQLException {
    return connect(false);
  }

  /** Runs a query on a connection of its own that cannot write. */
  <T> T read(Query<T> query) throws StoreFailed {
    readerPermits.acquireUninterruptibly();
    try {
      Connection idle = idleReaders.pollFirst();
      Connection reader = idle == null ? connect(true) : idle;
      try {
        T result = query.run(reader);
        idleReaders.addFirst(reader);
        return result;
      } catch (SQLException | RuntimeException e) {
        reader.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreFailed("cannot read " + file.getFileName(), e);
    } finally {
      readerPermits.release();
    }
  }

  /** Runs a query on a connection that did not exist before. */
  <T> T readAfresh(Query<T> query) throws StoreFailed {
    try (Connection fresh = connect(true)) {
      return query.run(fresh);
    } catch (SQLException e) {
      throw new StoreFailed("cannot read " + file.getFileName(), e);
    }
  }

  @Override
  public void close() {
    for (Connection reader = idleReaders.poll(); reader != null; reader = idleReaders.poll()) {
      close(reader);
    }
    lock.ifPresent(StoreLock::close);
  }

  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // Everything that was promised has been synced before.
    }
  }

  private void migrate() throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource(config(false));
    source.setUrl(url());
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .javaMigrations(new V7__HashedIdentities())
        // Otherwise a schema newer than this program would pass as fitting.
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
  }

  private Connection connect(boolean readOnly) throws SQLException {
    Connection connection = config(readOnly).createConnection(url());
    try {
      require(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static SQLiteConfig config(boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(BUSY_MILLIS);
    // Else the driver asks for the row's number after each insert, by a query of its own.
    config.setGetGeneratedKeys(false);
    if (!readOnly) {
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    }
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    return config;
  }

  private static void require(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA secure_delete = ON");
      statement.execute("PRAGMA temp_store = MEMORY");
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
        try (ResultSet result = statement.executeQuery("PRAGMA " + setting.getKey())) {
          if (!result.next() || !result.getString(1).equals(setting.getValue())) {
            throw new SQLException("SQLite refuses " + setting);
          }
        }
      }
    }
  }

  private String url() {
    return "jdbc:sqlite:" + file.toAbsolutePath();
  }

  private static void makePrivate(Path file) throws IOException {
    try {
      Files.createFile(file, OWNER_ONLY);
    } catch (FileAlreadyExistsException _) {
      Files.setPosixFilePermissions(file, OWNER_ONLY.value());
    }
  }

  /** One or more statements that belong together. */
  @FunctionalInterface
  interface Query<T> {
    T run(Connection connection) throws SQLException;
  }
}
