package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rows so far apart that they lie in more sections than one statement looks into. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SectionedSearchTest {
  private static final int ROWS = 3000;
  private static final long DISTANCE = 341;
  private static final int PERSONS = 7;

  private SqliteDatabase database;
  private Connection connection;

  @BeforeAll
  void fill(@TempDir Path folder) throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    connection = database.writer();
    connection.setAutoCommit(false);
    try (PreparedStatement entry =
            connection.prepareStatement("INSERT INTO entries VALUES (?, x'00')");
        PreparedStatement details =
            connection.prepareStatement(
                "INSERT INTO details VALUES (?, 'kind', ?, NULL, ?, NULL, NULL, NULL, x'00')")) {
      for (int row = 0; row < ROWS; row++) {
        entry.setLong(1, row * DISTANCE);
        entry.executeUpdate();
        details.setLong(1, row * DISTANCE);
        details.setLong(2, row);
        details.setString(3, "person " + row % PERSONS);
        details.executeUpdate();
      }
    }
    connection.commit();
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
    database.close();
  }

  @Test
  void findsEachRowOfAPersonFromTheNewestOn() throws Exception {
    assertThat((ROWS * DISTANCE) >> 10).isGreaterThan(3 * 256);
    for (int person = 0; person < PERSONS; person++) {
      assertThat(of(person).newest(connection, Optional.empty(), ROWS))
          .containsExactlyElementsOf(rows(person, Long.MAX_VALUE));
    }
  }

  @Test
  void stopsWhenItHasEnough() throws Exception {
    assertThat(of(2).newest(connection, Optional.empty(), 5))
        .containsExactlyElementsOf(rows(2, Long.MAX_VALUE).subList(0, 5));
    assertThat(of(2).newest(connection, Optional.empty(), 300))
        .containsExactlyElementsOf(rows(2, Long.MAX_VALUE).subList(0, 300));
  }

  @Test
  void turnsPagesWithoutGapOrRepeat() throws Exception {
    List<Long> seen = new ArrayList<>();
    Optional<Long> before = Optional.empty();
    List<Long> page = of(3).newest(connection, before, 50);
    while (!page.isEmpty()) {
      seen.addAll(page);
      before = Optional.of(page.getLast());
      page = of(3).newest(connection, before, 50);
    }
    assertThat(seen).containsExactlyElementsOf(rows(3, Long.MAX_VALUE));
  }

  @Test
  void looksBelowABoundAlone() throws Exception {
    for (long before : List.of(0L, 1L, 341L, 342L, 1024L, 500_000L, 2_000_000L)) {
      assertThat(of(0).newest(connection, Optional.of(before), ROWS))
          .as("below " + before)
          .containsExactlyElementsOf(rows(0, before));
    }
  }

  @Test
  void findsNothingOfAStranger() throws Exception {
    assertThat(of(PERSONS).newest(connection, Optional.empty(), 10)).isEmpty();
  }

  @Test
  void keepsFurtherConditions() throws Exception {
    SectionedSearch search =
        new SectionedSearch(
            SectionedSearch.BY_IDENTITY, "identity = ? AND at >= ?", List.of("person 1", 2990L));
    assertThat(search.newest(connection, Optional.empty(), 10))
        .containsExactly(2997 * DISTANCE, 2990 * DISTANCE);
  }

  private static SectionedSearch of(int person) {
    return new SectionedSearch(
        SectionedSearch.BY_IDENTITY, "identity = ?", List.of("person " + person));
  }

  private static List<Long> rows(int person, long before) {
    return LongStream.range(0, ROWS)
        .map(row -> ROWS - 1 - row)
        .filter(row -> row % PERSONS == person)
        .map(row -> row * DISTANCE)
        .filter(number -> number < before)
        .boxed()
        .toList();
  }
}
