package dev.daypass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What somebody with the machine's root account can do to a store whose daemon is stopped. */
record StoreFiles(Path store) {
  /** A backup, or a backup put back: with its write-ahead log, if an orderly end left one. */
  void copyTo(Path to) throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path file = store.resolveSibling(store.getFileName() + suffix);
      Path target = to.resolveSibling(to.getFileName() + suffix);
      Files.deleteIfExists(target);
      if (Files.exists(file) && !suffix.equals("-shm")) {
        Files.copy(file, target);
      }
    }
  }

  /** How many entries there are. */
  long size() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM entries")) {
      return row.getLong(1);
    }
  }

  /** Changes rows; answers how many. */
  int update(String sql, Object... values) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
