package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntryScan;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.EntryTerms;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.tlog.EntryNumber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLite finds what the plain store in memory finds, for the same entries. */
final class SearchAgreementTest {
  private static final int ENTRIES = 120;
  private static final EntryNumber ERASED = new EntryNumber(31);
  private static final SearchKeys NO_KEYS = SearchKeys.NONE;
  private static final Optional<EntryKind> NO_KIND = Optional.empty();

  @TempDir private Path folder;
  private SqliteDatabase database;
  private final List<TestLedger> ledgers = new ArrayList<>();
  private final InMemoryLedgerStore memory = new InMemoryLedgerStore();
  private LedgerStore sqlite;

  @BeforeEach
  void fill() throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    ledgers.add(TestLedger.over(SqliteLedgerStore.open(database)));
    ledgers.add(TestLedger.over(memory));
    sqlite = new SqliteLedgerReader(database);
    for (TestLedger ledger : ledgers) {
      for (int i = 1; i < ENTRIES; i++) {
        ledger.append(draft(i));
      }
      ledger.ledger().erase(ERASED, Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, NO_KEYS));
    }
  }

  @AfterEach
  void close() {
    ledgers.forEach(TestLedger::close);
    database.close();
  }

  @Test
  void byTermsAloneAndWithOthers() throws Exception {
    SearchKeys role =
        new SearchKeys(Optional.empty(), Optional.of("role-1"), Optional.empty(), Optional.empty());
    for (String term :
        List.of(
            EntryTerms.server("db-1"),
            EntryTerms.server("web-3"),
            EntryTerms.server("nowhere"),
            EntryTerms.entry(new EntryNumber(7)))) {
      for (SearchKeys keys : List.of(NO_KEYS, role)) {
        for (Optional<EntryKind> kind : List.of(kind(EntryKind.SESSION_OPENED), NO_KIND)) {
          EntrySearch search =
              new EntrySearch(
                  kind,
                  keys,
                  Optional.of(term),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(100L),
                  10);
          assertThat(sqlite.search(search)).as(search.toString()).isEqualTo(memory.search(search));
        }
      }
    }
    assertThat(found(EntryTerms.server("db-1"))).hasSize(11).doesNotContain(ERASED);
    assertThat(found("server:db-1' OR 1 = 1 --")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inc-1",
        "100%",
        "under_score",
        "ÄRGER",
        "\"quoted\"",
        "back\\slash",
        "nowhere",
        "?",
        "'",
        "%",
        "session"
      })
  void byAnyTextThatStandsInDetails(String text) throws Exception {
    EntryScan scan = new EntryScan(List.of(text, "DB"), 5, 110, 1000);
    List<EntryNumber> exact =
        sqlite.scan(scan).stream()
            .filter(entry -> lower(entry).contains(text.toLowerCase(Locale.ROOT)))
            .map(StoredEntry::number)
            .toList();
    assertThat(exact).isEqualTo(memory.scan(scan).stream().map(StoredEntry::number).toList());
  }

  @Test
  void aScanEndsWhereItIsTold() throws Exception {
    EntryScan scan = new EntryScan(List.of("inc"), 20, 30, 4);
    assertThat(sqlite.scan(scan))
        .extracting(entry -> entry.number().value())
        .containsExactly(29L, 28L, 27L, 26L);
    assertThat(sqlite.scan(new EntryScan(List.of("inc"), 20, 23, 9))).hasSize(3);
  }

  @Test
  void whatHasDetailsIsNotWhatWasErased() throws Exception {
    for (LedgerStore store : List.of(sqlite, memory)) {
      assertThat(store.withDetails(EntryKind.SESSION_OPENED, 29, 40, 3))
          .extracting(EntryNumber::value)
          .containsExactly(29L, 33L, 35L);
      assertThat(store.withDetails(EntryKind.EXPORT_MADE, 0, 1000, 3)).isEmpty();
    }
    List<EntryNumber> some = List.of(new EntryNumber(9), ERASED, new EntryNumber(900));
    for (LedgerStore store : List.of(sqlite, memory)) {
      assertThat(store.entriesAt(some).stream().map(StoredEntry::number))
          .containsExactly(new EntryNumber(9), ERASED);
    }
  }

  private List<EntryNumber> found(String term) throws Exception {
    return sqlite.search(
        new EntrySearch(
            NO_KIND,
            NO_KEYS,
            Optional.of(term),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1000));
  }

  private static Optional<EntryKind> kind(EntryKind kind) {
    return Optional.of(kind);
  }

  private static String lower(StoredEntry entry) {
    return new String(entry.details().orElseThrow().toArray(), StandardCharsets.UTF_8)
        .toLowerCase(Locale.ROOT);
  }

  private static Draft draft(int i) {
    List<String> reasons =
        List.of(
            "inc-" + i,
            "100% of inc",
            "under_score inc",
            "Ärger inc",
            "\"quoted\" inc back\\slash");
    JsonObject.Builder details =
        JsonObject.builder()
            .put("reason", reasons.get(i % reasons.size()))
            .put("hosts", JsonArray.ofTexts(List.of("db-" + i % 10, "db-x")));
    if (i % 3 == 0) {
      details.put("reported_by", "web-" + i % 5).put("serial", String.valueOf(i % 10));
    }
    SearchKeys keys =
        new SearchKeys(
            Optional.empty(), Optional.of("role-" + i % 2), Optional.empty(), Optional.empty());
    return Draft.of(
        i % 2 == 0 ? EntryKind.LOGIN_OPENED : EntryKind.SESSION_OPENED, details.build(), keys);
  }
}
