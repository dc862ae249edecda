package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Hash;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the tables answer over the borders of pages and tiles: one ledger of 520 entries. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LedgerRowsTest {
  private static final int SIZE = 520;

  private SqliteDatabase database;
  private SqliteLedgerStore store;
  private TestLedger test;

  @BeforeAll
  void fill(@TempDir Path folder) throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    store = SqliteLedgerStore.open(database);
    test = TestLedger.over(store);
    List<Draft> drafts =
        IntStream.range(1, SIZE)
            .mapToObj(i -> Draft.of(EntryKind.SESSION_OPENED, JsonObject.EMPTY, person(i % 3)))
            .toList();
    test.appendTogether(drafts);
  }

  @AfterAll
  void close() {
    test.close();
    database.close();
  }

  @Test
  void turnsPagesFromTheNewestToTheFirstWithoutGapOrRepeat() throws Exception {
    List<Long> seen = new ArrayList<>();
    Optional<Long> before = Optional.empty();
    int pages = 0;
    while (pages < 10) {
      List<EntryNumber> page = store.search(search(SearchKeys.NONE, before, 100));
      if (page.isEmpty()) {
        break;
      }
      page.forEach(number -> seen.add(number.value()));
      before = Optional.of(page.getLast().value());
      pages++;
    }
    assertThat(pages).isGreaterThanOrEqualTo(6);
    long newest = seen.getFirst();
    assertThat(newest).isGreaterThanOrEqualTo(SIZE - 1);
    assertThat(seen)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(0, newest).mapToObj(i -> newest - i).toList());
  }

  @Test
  void keepsPagesApartWhenEntriesAreAddedBetweenThem() throws Exception {
    List<EntryNumber> first = store.search(search(person(1), Optional.empty(), 5));
    test.append(Draft.of(EntryKind.DAEMON_STARTED, JsonObject.EMPTY, person(4)));
    List<EntryNumber> second =
        store.search(search(person(1), Optional.of(first.getLast().value()), 5));
    assertThat(second).hasSize(5).doesNotContainAnyElementsOf(first);
    assertThat(second.getFirst().value()).isLessThan(first.getLast().value());
    assertThat(store.search(search(person(1), Optional.of(0L), 5))).isEmpty();
  }

  @Test
  void asksForATimeFromItsStartUntilBeforeItsEnd() throws Exception {
    EntryNumber number = new EntryNumber(300);
    Instant at = test.ledger().entry(number).orElseThrow().at();
    assertThat(store.search(between(at, at))).isEmpty();
    assertThat(store.search(between(at, at.plusMillis(1)))).contains(number);
    assertThat(store.search(between(at.minusMillis(1), at))).doesNotContain(number);
    assertThat(store.search(between(at.plusMillis(1), at.plusSeconds(60)))).doesNotContain(number);
  }

  @Test
  void takesNoPartOfASearchForSql() throws Exception {
    SearchKeys quoted =
        new SearchKeys(
            Optional.of("' OR '1'='1"), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(store.search(search(quoted, Optional.empty(), 10))).isEmpty();
    assertThat(store.search(search(person(1), Optional.empty(), 1000))).hasSizeGreaterThan(100);
  }

  @Test
  void keepsARowForEachFullTileAndNoneForOthers() throws Exception {
    List<Hash> leaves = leaves(512);
    for (int tile = 0; tile < 2; tile++) {
      List<Hash> within = leaves.subList(tile * 256, (tile + 1) * 256);
      Bytes hashes = Bytes.EMPTY;
      for (Hash leaf : within) {
        hashes = hashes.concat(Bytes.of(leaf.toArray()));
      }
      assertThat(store.tile(0, tile)).contains(hashes);
      assertThat(store.tileRoots(0, tile, 1))
          .containsExactly(Frontier.EMPTY.append(within).frontier().root());
    }
    assertThat(store.tile(0, 2)).as("unfinished").isEmpty();
    assertThat(store.tile(1, 0)).as("unfinished, a level up").isEmpty();
    assertThat(store.tileRoots(1, 0, 10)).isEmpty();
  }

  @Test
  void answersRootsInOrderFromAnIndexOn() throws Exception {
    List<Hash> both = store.tileRoots(0, 0, 256);
    assertThat(both).hasSize(2).doesNotHaveDuplicates();
    assertThat(store.tileRoots(0, 0, 1)).containsExactly(both.getFirst());
    assertThat(store.tileRoots(0, 1, 256)).containsExactly(both.getLast());
    assertThat(store.tileRoots(0, 2, 256)).isEmpty();
  }

  @Test
  void answersEntriesInOrderFromANumberOnAndNoOtherForAMissingOne() throws Exception {
    assertThat(store.entries(new EntryNumber(254), 4).stream().map(StoredEntry::number))
        .containsExactly(
            new EntryNumber(254), new EntryNumber(255), new EntryNumber(256), new EntryNumber(257));
    assertThat(store.entry(new EntryNumber(1_000_000))).isEmpty();
    assertThat(store.entries(new EntryNumber(1_000_000), 4)).isEmpty();
  }

  private List<Hash> leaves(int limit) throws Exception {
    return store.entries(new EntryNumber(0), limit).stream()
        .map(entry -> Hash.leaf(entry.entry().toArray()))
        .toList();
  }

  private static EntrySearch search(SearchKeys keys, Optional<Long> before, int limit) {
    return new EntrySearch(
        Optional.empty(), keys, Optional.empty(), Optional.empty(), before, limit);
  }

  private static EntrySearch between(Instant from, Instant until) {
    return new EntrySearch(
        Optional.empty(),
        SearchKeys.NONE,
        Optional.of(from),
        Optional.of(until),
        Optional.empty(),
        1000);
  }

  private static SearchKeys person(int number) {
    return new SearchKeys(
        Optional.of("person" + number), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
