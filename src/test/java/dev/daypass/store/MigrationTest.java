package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntryTerms;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What older databases hold is read as if it had been written today. */
final class MigrationTest {
  private static final int ROWS = 2500;

  @TempDir private Path folder;
  private SqliteDatabase database;
  private Connection connection;

  @BeforeEach
  void open() throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    connection = database.writer();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    database.close();
  }

  @Test
  void olderDetailsHaveTheirTerms() throws Exception {
    List<JsonObject> all =
        List.of(
            JsonObject.builder().put("hosts", texts("db-1", "db-2", "db-1")).build(),
            JsonObject.builder().put("reported_by", "web-1").put("serial", "17").build(),
            JsonObject.builder().put("serials", texts("3", "4")).put("name", "x").build(),
            JsonObject.builder().put("host", "db-1").put("entry", "0").put("size", 7).build(),
            JsonObject.EMPTY);
    connection.setAutoCommit(false);
    for (int number = 0; number < all.size(); number++) {
      insert(number, "x", CanonicalJson.encode(all.get(number)).toArray());
    }
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      for (String sql : script().split(";", -1)) {
        if (sql.contains("INSERT OR IGNORE")) {
          statement.executeUpdate(sql.substring(sql.indexOf("INSERT")));
        }
      }
    }
    for (int number = 0; number < all.size(); number++) {
      assertThat(terms(number))
          .as("entry " + number)
          .containsExactlyInAnyOrderElementsOf(EntryTerms.of(all.get(number)));
    }
  }

  @Test
  void olderIdentitiesAreHashed() throws Exception {
    connection.setAutoCommit(false);
    for (int number = 0; number < ROWS; number++) {
      insert(number, "issuer\nperson " + number, new byte[1]);
    }
    new V7__HashedIdentities().migrate(new OfThis());
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT number, identity FROM details")) {
      int rows = 0;
      while (row.next()) {
        rows++;
        assertThat(row.getString(2))
            .isEqualTo(IdentityColumn.of("issuer\nperson " + row.getLong(1)))
            .matches("[0-9a-f]{32}");
      }
      assertThat(rows).isEqualTo(ROWS);
    }
  }

  private final class OfThis implements Context {
    @Override
    public Configuration getConfiguration() {
      return new FluentConfiguration();
    }

    @Override
    public Connection getConnection() {
      return connection;
    }
  }

  private static JsonArray texts(String... texts) {
    return JsonArray.ofTexts(List.of(texts));
  }

  private void insert(long number, String identity, byte[] details) throws SQLException {
    try (PreparedStatement entry =
            connection.prepareStatement("INSERT INTO entries VALUES (?, x'00')");
        PreparedStatement row =
            connection.prepareStatement(
                "INSERT INTO details VALUES (?, 'kind', 0, NULL, ?, NULL, NULL, NULL, ?)")) {
      entry.setLong(1, number);
      entry.executeUpdate();
      SqliteWriter.set(row, number, identity, details);
      row.executeUpdate();
    }
  }

  private List<String> terms(long number) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT term FROM terms WHERE section = 0 AND number = ?")) {
      select.setLong(1, number);
      List<String> terms = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          terms.add(row.getString(1));
        }
      }
      return terms;
    }
  }

  private static String script() throws Exception {
    try (InputStream file =
        MigrationTest.class.getResourceAsStream("/db/migration/V6__terms.sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
