package dev.daypass.ledger.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Details go by kind and age, a batch at a time; entries never do. */
final class RetentionTest {
  private static final Duration KEPT = Duration.ofDays(30);

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private TestLedger test;
  private Retention retention;
  private Instant now;

  @BeforeEach
  void fill() throws Exception {
    test = TestLedger.over(store);
    append(EntryKind.SESSION_OPENED, 300);
    append(EntryKind.LOGIN_OPENED, 10);
    test.clock().pass(Duration.ofDays(10));
    append(EntryKind.SESSION_OPENED, 5);
    now = test.ledger().entry(new EntryNumber(315)).orElseThrow().at();
    retention =
        new Retention(
            test.ledger(),
            store,
            new EntryBrowser(store, test.ledger()::size),
            Map.of(EntryKind.SESSION_OPENED, KEPT),
            () -> now);
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void keepsWhatIsYoung() {
    retention.advance();
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(316));
  }

  @Test
  void erasesWhatIsDueInSmallBatchesAndNothingElse() throws Exception {
    now = now.plus(KEPT).minus(Duration.ofDays(1));
    retention.advance();
    assertThat(erased()).as("one batch").isEqualTo(256);
    for (int i = 0; i < 5; i++) {
      retention.advance();
    }
    assertThat(erased()).isEqualTo(300);
    assertThat(test.ledger().size()).as("two entries say so").isEqualTo(new TreeSize(318));
    assertThat(test.ledger().details(new EntryNumber(316)).orElseThrow().utf8())
        .contains("\"by\":\"retention\"", "\"kind\":\"session.opened\"");
    assertThat(test.ledger().details(new EntryNumber(305))).as("another kind").isPresent();
    assertThat(test.ledger().details(new EntryNumber(312))).as("younger").isPresent();
    test.checkInvariants();
  }

  @Test
  void looksAgainAfterAWhileAndGoesOnWhereItWas() throws Exception {
    now = now.plus(KEPT).minus(Duration.ofDays(1));
    for (int i = 0; i < 5; i++) {
      retention.advance();
    }
    now = now.plus(Duration.ofDays(2));
    retention.advance();
    assertThat(erased()).isEqualTo(305);
  }

  @Test
  void waitsForALedgerThatTakesNothing() throws Exception {
    now = now.plus(KEPT).plus(KEPT);
    test.store().full(true);
    retention.advance();
    assertThat(erased()).isZero();
    test.store().full(false);
    while (erased() < 305) {
      retention.advance();
    }
    test.checkInvariants();
  }

  private long erased() {
    return LongStream.range(0, 316)
        .filter(number -> store.entry(new EntryNumber(number)).orElseThrow().details().isEmpty())
        .count();
  }

  private void append(EntryKind kind, int count) throws Exception {
    test.appendTogether(
        Collections.nCopies(count, Draft.of(kind, JsonObject.EMPTY, SearchKeys.NONE)));
  }
}
