package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLedgerStoreTest {
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
  void keepsWhatSeveralCallersAppended() throws Exception {
    test.appendTogether(IntStream.range(0, 700).mapToObj(i -> test.granting("u" + i)).toList());
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(701));
    test.checkInvariants();
  }

  @Test
  void provesEntriesOfAnyAge() throws Exception {
    test.appendTogether(IntStream.range(0, 600).mapToObj(i -> test.granting("u" + i)).toList());
    for (long number : List.of(0L, 1L, 255L, 256L, 511L, 512L, 600L)) {
      Receipt receipt = test.ledger().receipt(new EntryNumber(number)).orElseThrow();
      assertThat(
              receipt
                  .inclusion()
                  .verifies(receipt.entry().leafHash(), receipt.checkpoint().checkpoint().root()))
          .isTrue();
    }
    assertThat(test.ledger().receipt(new EntryNumber(601))).isEmpty();
  }

  @Test
  void makesFilesThatOnlyTheirOwnerReads() throws Exception {
    test.append(TestLedger.started());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void refusesASecondOpening() {
    assertThatThrownBy(() -> SqliteDatabase.open(folder.resolve("ledger.db")))
        .isInstanceOf(StoreFailed.class)
        .hasMessageContaining("another process");
  }

  @Test
  void findsByEachSearchColumn() throws Exception {
    Receipt alice = test.append(test.granting("alice"));
    Draft bob = test.granting("bob");
    Receipt second = test.append(bob);
    test.append(TestLedger.started());
    SearchKeys byIdentity =
        new SearchKeys(Optional.of("alice"), Optional.empty(), Optional.empty(), Optional.empty());
    SearchKeys byRole =
        new SearchKeys(
            Optional.empty(), Optional.of("prod-db-debug"), Optional.empty(), Optional.empty());
    SearchKeys byKey =
        new SearchKeys(
            Optional.empty(), Optional.empty(), bob.search().keyFingerprint(), Optional.empty());
    assertThat(find(Optional.empty(), byIdentity)).containsExactly(alice.number());
    assertThat(find(Optional.empty(), byRole)).containsExactly(second.number(), alice.number());
    assertThat(find(Optional.empty(), byKey)).containsExactly(second.number(), alice.number());
    assertThat(find(Optional.of(EntryKind.DAEMON_STARTED), SearchKeys.NONE))
        .containsExactly(new EntryNumber(3));
    assertThat(test.ledger().findGranted(bob.search().idempotencyKey().orElseThrow()))
        .contains(second.number());
  }

  @Test
  void erasesDetailsAndSearchColumnsTogether() throws Exception {
    String secret = "a-name-that-stands-nowhere-else";
    Receipt receipt = test.append(test.granting(secret));
    Draft erasure = Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE);
    test.ledger().erase(receipt.number(), erasure);
    assertThat(test.ledger().details(receipt.number())).isEmpty();
    SearchKeys keys =
        new SearchKeys(Optional.of(secret), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(find(Optional.empty(), keys)).isEmpty();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(secret);
      }
    }
    test.checkInvariants();
  }

  @Test
  void findsTheSameLedgerAfterARestart() throws Exception {
    test.appendTogether(IntStream.range(0, 300).mapToObj(i -> test.granting("u" + i)).toList());
    test.close();
    database.close();
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    assertThat(SqliteLedgerStore.open(database).head().frontier().size())
        .isEqualTo(new TreeSize(301));
  }

  private List<EntryNumber> find(Optional<EntryKind> kind, SearchKeys keys) throws Exception {
    return test.ledger().search(EntrySearch.of(kind, keys, 10));
  }
}
