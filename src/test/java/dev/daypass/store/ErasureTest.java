package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.Waiting;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Erasure;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DESIGN, section 6, "Details": what was erased is in no file of the store any more. */
final class ErasureTest {
  /** Enough for overflow pages, which an erasure frees as a whole. */
  private static final int PIECES = 1500;

  private static final int PEOPLE = 600;

  /** Some are cut in two by the borders of pages. */
  private static final int MOST = PIECES - 30;

  @TempDir private Path folder;
  private SqliteDatabase database;
  private TestLedger test;

  @BeforeEach
  void open() throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    test = TestLedger.over(SqliteLedgerStore.open(database));
  }

  @AfterEach
  void close() {
    test.close();
    database.close();
  }

  @Test
  void leavesNoPieceOfLargeDetailsInAnyFile() throws Exception {
    Receipt erased = test.append(opening("mallory"));
    Receipt kept = test.append(opening("alice"));
    assertThat(piecesInFiles("mallory")).as("before").hasSizeGreaterThan(MOST);
    erase(erased.number());
    assertThat(piecesInFiles("mallory")).isEmpty();
    assertThat(piecesInFiles("alice")).hasSizeGreaterThan(MOST);
    assertThat(test.ledger().details(kept.number())).isPresent();
    test.checkInvariants();
  }

  @Test
  void leavesNoneInTheFilesThatWereCopiedFromTheWalBefore() throws Exception {
    Receipt erased = test.append(opening("mallory"));
    erase(test.append(opening("bob")).number());
    assertThat(Files.size(folder.resolve("ledger.db-wal"))).as("cut off").isZero();
    assertThat(piecesIn(folder.resolve("ledger.db"), "mallory")).hasSizeGreaterThan(MOST);
    erase(erased.number());
    assertThat(piecesInFiles("mallory")).isEmpty();
  }

  @Test
  void leavesNoSearchColumnOfTheErasedEntry() throws Exception {
    Draft draft = opening("mallory");
    Receipt erased = test.append(draft);
    byte[] idempotencyKey = draft.search().idempotencyKey().orElseThrow().toArray();
    assertThat(filesWith(new String(idempotencyKey, StandardCharsets.ISO_8859_1))).isNotEmpty();
    assertThat(filesWith("server-of-mallory")).isNotEmpty();
    assertThat(filesWith("identity of mallory")).as("a part of its hash stands there").isEmpty();
    erase(erased.number());
    assertThat(filesWith(new String(idempotencyKey, StandardCharsets.ISO_8859_1))).isEmpty();
    assertThat(filesWith("server-of-mallory")).isEmpty();
    assertThat(filesWith("role of mallory")).isEmpty();
    assertThat(search(draft.search())).isEmpty();
    assertThat(search(SearchKeys.NONE)).as("its kind and number stay").contains(erased.number());
  }

  /** Rows move between pages as they come and go; no copy of one may stay behind. */
  @Test
  void leavesNoWordOfManyThatAreErasedInAnyOrder() throws Exception {
    for (int from = 0; from < PEOPLE; from += 100) {
      test.appendTogether(IntStream.range(from, from + 100).mapToObj(ErasureTest::small).toList());
    }
    assertThat(named()).as("before").hasSizeGreaterThan(PEOPLE - 30);
    List<EntryNumber> order = new ArrayList<>();
    LongStream.rangeClosed(1, PEOPLE).mapToObj(EntryNumber::new).forEach(order::add);
    Collections.shuffle(order, new Random(5));
    for (int from = 0; from < PEOPLE; from += 50) {
      test.ledger()
          .erase(
              new Erasure(order.subList(from, from + 50)),
              Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE));
      if (from == PEOPLE / 2) {
        assertThat(named()).as("half").hasSizeBetween(PEOPLE / 2 - 80, PEOPLE / 2);
      }
    }
    assertThat(test.ledger().hasRemains()).isFalse();
    assertThat(named()).isEmpty();
    test.checkInvariants();
  }

  /** A reader that holds an old state keeps the log from being cut off, and delays no entry. */
  @Test
  void saysSoWhileAReaderHoldsOlderPagesAndCutsThemOffAfterwards() throws Exception {
    Receipt erased = test.append(opening("mallory"));
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(() -> {
          try {
            return database.read(connection -> holding(connection, reading, done));
          } catch (StoreFailed e) {
            throw new IllegalStateException(e);
          }
        });
    reading.await();
    erase(erased.number());
    assertThat(test.ledger().hasRemains()).isTrue();
    assertThat(test.append(opening("alice")).number()).isEqualTo(new EntryNumber(3));
    done.countDown();
    assertThat(reader.get()).isZero();
    Waiting.until("the log is cut off", () -> !test.ledger().hasRemains());
    assertThat(piecesInFiles("mallory")).isEmpty();
  }

  private static int holding(Connection connection, CountDownLatch reading, CountDownLatch done)
      throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT number FROM details ORDER BY number")) {
      rows.next();
      reading.countDown();
      done.await();
      return rows.getInt(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String word(int person) {
    return Bytes.ofUtf8("word of " + person).sha256().hex().substring(0, 24);
  }

  private static Draft small(int person) {
    Random random = new Random(person);
    JsonObject details =
        JsonObject.builder()
            .put("filling", "x".repeat(random.nextInt(3000)))
            .put("word", word(person))
            .build();
    SearchKeys keys =
        new SearchKeys(
            Optional.of(word(person)),
            Optional.of("role-" + random.nextInt(5)),
            Optional.empty(),
            Optional.empty());
    return Draft.of(EntryKind.SESSION_OPENED, details, keys);
  }

  /** Whose words stand in any file. */
  private List<Integer> named() throws Exception {
    StringBuilder all = new StringBuilder();
    for (Path file : files()) {
      all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    String everything = all.toString();
    return IntStream.range(0, PEOPLE).filter(p -> everything.contains(word(p))).boxed().toList();
  }

  @Test
  void keepsTheEntryItsReceiptAndWhoErasedIt() throws Exception {
    Receipt erased = test.append(opening("mallory"));
    Receipt first = erase(erased.number());
    erase(erased.number());
    assertThat(test.ledger().entry(erased.number())).contains(erased.entry());
    assertThat(test.ledger().details(erased.number())).isEmpty();
    assertThat(test.ledger().receipt(erased.number())).isPresent();
    Long by =
        database.read(connection -> {
          try (var statement = connection.createStatement();
              var row =
                  statement.executeQuery(
                      "SELECT erased_by FROM details WHERE number = " + erased.number().value())) {
            return row.next() ? row.getLong(1) : -1;
          }
        });
    assertThat(by).as("the first erasure, not the repeated one").isEqualTo(first.number().value());
    test.checkInvariants();
  }

  private Receipt erase(EntryNumber number) throws Exception {
    return test.ledger()
        .erase(number, Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE));
  }

  private List<EntryNumber> search(SearchKeys keys) throws Exception {
    return test.ledger().search(EntrySearch.of(Optional.of(EntryKind.SESSION_OPENED), keys, 10));
  }

  private static Draft opening(String name) {
    JsonObject.Builder details = JsonObject.builder().put("host", "server-of-" + name);
    for (int i = 0; i < PIECES; i++) {
      details.put(String.valueOf(i), piece(name, i));
    }
    SearchKeys keys =
        new SearchKeys(
            Optional.of("identity of " + name),
            Optional.of("role of " + name),
            Optional.empty(),
            Optional.of(Bytes.ofUtf8("request of " + name).sha256()));
    return Draft.of(EntryKind.SESSION_OPENED, details.build(), keys);
  }

  private static String piece(String name, int number) {
    return Bytes.ofUtf8(name + number).sha256().hex().substring(0, 16);
  }

  private List<String> piecesInFiles(String name) throws Exception {
    List<String> found = new ArrayList<>();
    for (Path file : files()) {
      piecesIn(file, name).stream().filter(piece -> !found.contains(piece)).forEach(found::add);
    }
    return found;
  }

  private static List<String> piecesIn(Path file, String name) throws Exception {
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < PIECES; i++) {
      if (content.contains(piece(name, i))) {
        found.add(piece(name, i));
      }
    }
    return found;
  }

  private List<Path> filesWith(String text) throws Exception {
    List<Path> found = new ArrayList<>();
    for (Path file : files()) {
      if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
        found.add(file);
      }
    }
    return found;
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
