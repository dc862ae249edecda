package dev.daypass.store;

import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoreFull;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The whole store as one file: taken while a daemon writes, put in place while none runs. */
public final class StoreCopy {
  /** What SQLite keeps beside the file; a store without its own log is another store. */
  private static final List<String> PARTS = List.of("-wal", "-shm", "");

  private StoreCopy() {}

  /** How large the copy will be at most, in bytes. */
  public static long size(Path store) throws StoreFailed {
    try (SqliteDatabase database = SqliteDatabase.openForReading(store)) {
      return database.readAfresh(connection ->
          number(connection, "PRAGMA page_size")
              * (number(connection, "PRAGMA page_count")
                  - number(connection, "PRAGMA freelist_count")));
    }
  }

  /**
   * Copies what the store holds at one moment, without what was deleted from it. The writer goes on
   * meanwhile; its log cannot shrink until this returns. The copy is checked and durable on return.
   *
   * @param target must not be there
   * @throws StoreFull where it does not fit
   */
  public static void take(Path store, Path target) throws StoreFailed, StoreFull {
    try (SqliteDatabase database = SqliteDatabase.openForReading(store)) {
      // VACUUM INTO takes an empty file as it is, with its mode.
      Files.createFile(target, SqliteDatabase.OWNER_ONLY);
      var _ =
          database.readAfresh(connection -> {
            try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
              statement.setString(1, target.toString());
              return statement.execute();
            }
          });
      finish(target);
    } catch (SQLException | IOException e) {
      throw failed(target, e);
    } catch (StoreFailed e) {
      throw e.getCause() instanceof SQLException cause ? failed(target, cause) : e;
    }
  }

  /**
   * Requires that no process uses the store, at this moment.
   *
   * @throws StoreFailed if one does
   */
  public static void requireUnused(Path store) throws StoreFailed {
    StoreLock.take(lock(store)).close();
  }

  /**
   * Makes the copy the store. A store that was there, with its log, keeps lying beside it under
   * another name.
   *
   * @param copy in the folder of the store; it is gone on return
   * @param aside what is put behind the name of the store that was there
   * @return where that one lies now
   * @throws StoreFailed also while a process uses the store
   */
  public static Optional<Path> place(Path copy, Path store, String aside) throws StoreFailed {
    try (StoreLock _ = StoreLock.take(lock(store))) {
      Path old = store.resolveSibling(store.getFileName() + aside);
      boolean replaced = false;
      // The file itself last: while it is there without its log, nothing has been lost yet.
      for (String part : PARTS) {
        Path file = store.resolveSibling(store.getFileName() + part);
        if (Files.exists(file)) {
          Files.move(file, old.resolveSibling(old.getFileName() + part));
          replaced = true;
        }
      }
      Files.move(copy, store, StandardCopyOption.ATOMIC_MOVE);
      sync(store.toAbsolutePath().resolveSibling(""));
      return replaced ? Optional.of(old) : Optional.empty();
    } catch (IOException e) {
      throw new StoreFailed("cannot put " + store + " in place", e);
    }
  }

  private static void finish(Path target) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + target);
        Statement statement = connection.createStatement()) {
      // A store is in WAL mode before it is opened for reading; the copy is not.
      statement.execute("PRAGMA journal_mode = WAL");
      try (ResultSet answer = statement.executeQuery("PRAGMA integrity_check")) {
        if (!answer.next() || !answer.getString(1).equals("ok")) {
          throw new SQLException("SQLite finds the copy damaged");
        }
      }
    }
    // SQLite does not sync what it copies so.
    sync(target);
  }

  private static Path lock(Path store) {
    return store.resolveSibling(store.getFileName() + ".lock");
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static long number(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(pragma)) {
      return answer.next() ? answer.getLong(1) : 0;
    }
  }

  private static StoreFailed failed(Path target, Exception cause) throws StoreFull {
    if (cause instanceof SQLException sql && Faults.isFull(sql)) {
      throw new StoreFull("no space for " + target, cause);
    }
    return new StoreFailed("cannot write " + target, cause);
  }
}
