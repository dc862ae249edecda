package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.count.Counts;
import dev.daypass.ledger.count.Lasting;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the days brought, against a ledger whose rows are known. */
final class SqliteCountStoreTest {
  private static final Instant START = Instant.parse("2026-11-01T22:30:00Z");
  private static final LocalDate FIRST = LocalDate.parse("2026-11-01");
  private static final LocalDate LAST = LocalDate.parse("2026-11-30");
  private static final int MOST = 1000;

  @TempDir private Path folder;
  private SqliteDatabase database;
  private Connection connection;
  private SqliteCountStore counts;
  private long next;

  @BeforeEach
  void open() throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    connection = database.writer();
    counts = new SqliteCountStore(database, (_, cause) -> fail(cause));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    database.close();
  }

  @Test
  void countsByDayRoleAndHour() throws Exception {
    grant(START, "db", 30);
    grant(START.plus(Duration.ofHours(1)), "db", 10);
    grant(START.plus(Duration.ofHours(2)), "web", 20);
    add(EntryKind.REQUESTS_REFUSED, START.plus(Duration.ofHours(2)), null, JsonObject.EMPTY);
    JsonObject summary = JsonObject.builder().put("count", 30).build();
    add(EntryKind.REQUESTS_REFUSED, START.plus(Duration.ofHours(2)), null, summary);
    add(EntryKind.SESSION_ALARM, START.plus(Duration.ofHours(2)), null, JsonObject.EMPTY);
    add(EntryKind.SESSION_OPENED, START.plus(Duration.ofHours(2)), "db", JsonObject.EMPTY);
    for (long before : new long[] {0, 1, next}) {
      counts.count(before);
      Counts all = counts.of(FIRST, LAST, next, MOST);
      assertThat(all.missing()).isZero();
      assertThat(all.days()).hasSize(30);
      assertThat(all.days().get(0)).isEqualTo(new Counts.Day(FIRST, 2, 0, 0));
      assertThat(all.days().get(1)).isEqualTo(new Counts.Day(FIRST.plusDays(1), 1, 31, 1));
      assertThat(all.byRole()).isEqualTo(Map.of("db", 2L, "web", 1L));
      assertThat(all.byHour().get(22)).isEqualTo(1);
      assertThat(all.byHour().get(23)).isEqualTo(1);
      assertThat(all.byHour().get(0)).isEqualTo(1);
      assertThat(all.longest()).extracting(Lasting::entry).containsExactly(0L, 2L, 1L);
      assertThat(all.longest().getFirst().time()).isEqualTo(Duration.ofMinutes(30));
      assertThat(all.longest().getFirst().role()).contains("db");
    }
  }

  /** Whatever the steps in which it is counted, and whatever is left for whoever looks. */
  @Test
  void stepsMakeNoDifference() throws Exception {
    Random random = new Random(7);
    Instant at = START;
    for (int i = 0; i < 900; i++) {
      at = at.plusSeconds(random.nextInt(4000));
      switch (random.nextInt(4)) {
        case 0 -> add(EntryKind.REQUESTS_REFUSED, at, null, JsonObject.EMPTY);
        case 1 -> add(EntryKind.SESSION_ALARM, at, null, JsonObject.EMPTY);
        default -> grant(at, "role-" + random.nextInt(4), 1 + random.nextInt(500));
      }
    }
    Counts onTheSpot = counts.of(FIRST, LAST, next, MOST);
    assertThat(onTheSpot.grants()).isPositive();
    assertThat(onTheSpot.longest()).hasSize(Lasting.MOST);
    for (long before = 0; before < next; before += random.nextInt(100)) {
      counts.count(before);
      assertThat(counts.of(FIRST, LAST, next, MOST)).isEqualTo(onTheSpot);
    }
    counts.count(next);
    assertThat(counts.of(FIRST, LAST, next, MOST)).isEqualTo(onTheSpot);
    Counts oneDay = counts.of(FIRST.plusDays(3), FIRST.plusDays(3), next, MOST);
    assertThat(oneDay.days()).containsExactly(onTheSpot.days().get(3));
    assertThat(oneDay.byRole().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(oneDay.grants());
  }

  @Test
  void saysHowManyAreMissingWhereTheyAreMany() throws Exception {
    for (int i = 0; i < 30; i++) {
      grant(START, "db", 5);
    }
    counts.count(10);
    Counts some = counts.of(FIRST, LAST, next, 19);
    assertThat(some.missing()).isEqualTo(20);
    assertThat(some.grants()).isEqualTo(10);
    assertThat(counts.of(FIRST, LAST, next, 20).grants()).isEqualTo(30);
    assertThat(counts.of(FIRST, LAST, 5, 20).missing()).as("it was ahead").isZero();
  }

  @Test
  void whatWasErasedBeforeIsCountedWithoutItsRole() throws Exception {
    add(EntryKind.CERTIFICATE_GRANTED, START, null, null);
    add(EntryKind.REQUESTS_REFUSED, START, null, null);
    for (long before : new long[] {0, next}) {
      counts.count(before);
      Counts all = counts.of(FIRST, LAST, next, MOST);
      assertThat(all.byRole()).containsOnlyKeys(Counts.ERASED);
      assertThat(all.refusals()).isEqualTo(1);
      assertThat(all.longest()).isEmpty();
    }
  }

  /** A chart tells no less afterwards; what it said of the one certificate is gone. */
  @Test
  void anErasureLeavesTheCountsAndTakesWhatIsOfOneCertificate() throws Exception {
    try (TestLedger test = TestLedger.over(SqliteLedgerStore.open(database))) {
      Receipt erased = test.append(lasting(test, "mallory", 50));
      Receipt kept = test.append(lasting(test, "alice", 40));
      LocalDate day = LocalDate.ofInstant(kept.entry().at(), ZoneOffset.UTC);
      counts.count(3);
      assertThat(counts.of(day, day, 3, 0).longest())
          .extracting(Lasting::entry)
          .containsExactly(erased.number().value(), kept.number().value());
      FreshCounts read = database.read(c -> FreshCounts.read(c, 0, 3));
      erase(test, erased.number());
      Counts after = counts.of(day, day, 3, 0);
      assertThat(after.grants()).isEqualTo(2);
      assertThat(after.byRole()).isEqualTo(Map.of("prod-db-debug", 2L));
      assertThat(after.longest()).extracting(Lasting::entry).containsExactly(kept.number().value());

      read.addTo(connection);
      assertThat(counts.of(day, day, 3, 0).longest())
          .as("read before, written after")
          .extracting(Lasting::entry)
          .containsExactly(kept.number().value());
    }
  }

  @Test
  void remembersHowFarItCameOverARestart() throws Exception {
    grant(START, "db", 5);
    grant(START, "db", 5);
    counts.count(1);
    connection.close();
    database.close();
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    connection = database.writer();
    counts = new SqliteCountStore(database, (_, cause) -> fail(cause));
    assertThat(counts.counted()).isEqualTo(1);
    counts.count(2);
    assertThat(counts.of(FIRST, LAST, next, 0).grants()).isEqualTo(2);
  }

  @Test
  void countsNothingBackwards() throws Exception {
    grant(START, "db", 5);
    counts.count(1);
    assertThatThrownBy(() -> counts.count(0)).isInstanceOf(StoreFailed.class);
    assertThat(counts.counted()).isEqualTo(1);
  }

  private static Draft lasting(TestLedger test, String who, int minutes) {
    Draft draft = test.granting(who);
    Instant now = test.clock().now();
    return Draft.granting(
        EntryKind.CERTIFICATE_GRANTED,
        details(now, minutes),
        draft.certificate().orElseThrow(),
        draft.search());
  }

  private static void erase(TestLedger test, EntryNumber number) throws Exception {
    var _ =
        test.ledger()
            .erase(number, Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE));
  }

  private void grant(Instant at, String role, int minutes) throws SQLException {
    add(EntryKind.CERTIFICATE_GRANTED, at, role, details(at, minutes));
  }

  private static JsonObject details(Instant at, int minutes) {
    Instant whole = Instant.ofEpochSecond(at.getEpochSecond());
    return JsonObject.builder()
        .put("valid_after", whole.minusSeconds(60).toString())
        .put("valid_before", whole.plus(Duration.ofMinutes(minutes)).toString())
        .build();
  }

  private void add(EntryKind kind, Instant at, @Nullable String role, @Nullable JsonObject details)
      throws SQLException {
    long number = next++;
    byte @Nullable [] told =
        Optional.ofNullable(details)
            .map(object -> CanonicalJson.encode(object).toArray())
            .orElse(null);
    Long erasedBy = details == null ? number : null;
    try (PreparedStatement entry =
            connection.prepareStatement("INSERT INTO entries VALUES (?, x'00')");
        PreparedStatement row =
            connection.prepareStatement(
                "INSERT INTO details VALUES (?, ?, ?, ?, NULL, ?, NULL, NULL, ?)")) {
      entry.setLong(1, number);
      entry.executeUpdate();
      SqliteWriter.set(row, number, kind.wireName(), at.toEpochMilli(), erasedBy, role, told);
      row.executeUpdate();
    }
  }

  private static void fail(Throwable cause) {
    throw new AssertionError(cause);
  }
}
