package dev.daypass.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cert.Serial;
import dev.daypass.ledger.FaultyStore.Fault;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SequencerTest {
  private TestLedger test;

  @BeforeEach
  void open() throws Exception {
    test = TestLedger.over(new InMemoryLedgerStore());
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void numbersEntriesFromZeroWithoutHoles() throws Exception {
    for (int i = 1; i <= 600; i++) {
      assertThat(test.append(TestLedger.started()).number()).isEqualTo(new EntryNumber(i));
    }
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(601));
    test.checkInvariants();
  }

  @Test
  void givesConcurrentCallersDifferentNumbersAndOneCheckpointABatch() throws Exception {
    List<Receipt> receipts =
        test.appendTogether(IntStream.range(0, 300).mapToObj(i -> test.granting("u" + i)).toList());
    assertThat(receipts.stream().map(Receipt::number)).doesNotHaveDuplicates();
    test.checkInvariants();
  }

  @Test
  void commitsThoseTogetherWhoCameTogether() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    test.store().holdAppends(held);
    Thread first = Thread.startVirtualThread(this::appendQuietly);
    test.store().awaitHeldAppend();
    List<Draft> drafts = Collections.nCopies(20, TestLedger.started());
    Thread others =
        Thread.startVirtualThread(() -> {
          try {
            test.appendTogether(drafts);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    while (test.ledger().waiting() < 20) {
      LockSupport.parkNanos(1_000);
    }
    held.countDown();
    first.join();
    others.join();
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(22));
    assertThat(test.ledger().checkpoint().checkpoint().size()).isEqualTo(new TreeSize(22));
    test.checkInvariants();
  }

  @Test
  void writesTheEntryNumberIntoTheSerialThatIsCommittedTo() throws Exception {
    Draft draft = test.granting("alice");
    Receipt receipt = test.append(draft);
    Serial serial = new Serial(receipt.number().value());
    assertThat(receipt.entry().commitSsh())
        .contains(draft.certificate().orElseThrow().withSerial(serial).commitment());
  }

  @Test
  void refusesAnythingBeforeTheLedgerWasCreated() throws Exception {
    try (TestLedger empty = TestLedger.empty(new InMemoryLedgerStore())) {
      assertThatThrownBy(() -> empty.append(TestLedger.started()))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> empty.ledger().checkpoint()).isInstanceOf(LedgerUnavailable.class);
      assertThat(empty.append(TestLedger.created()).number()).isEqualTo(new EntryNumber(0));
    }
  }

  @Test
  void refusesASecondCreation() {
    assertThatThrownBy(() -> test.append(TestLedger.created()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void resumesOnceAFullStoreHasSpaceAgain() throws Exception {
    test.store().full(true);
    assertThat(causeOfRefusal()).isEqualTo(StopCause.STORE_FULL);
    assertThat(test.ledger().readiness().stopped()).contains(StopCause.STORE_FULL);
    assertThat(causeOfRefusal()).isEqualTo(StopCause.STORE_FULL);
    assertThat(test.ledger().checkpoint()).isNotNull();
    test.store().full(false);
    assertThat(test.append(TestLedger.started()).number()).isEqualTo(new EntryNumber(1));
    assertThat(test.ledger().readiness().ready()).isTrue();
    assertThat(test.fatal()).isNotDone();
    test.checkInvariants();
  }

  @Test
  void endsTheProcessIfAFullStoreIsNotAsItWasBefore() throws Exception {
    test.store().failNextAppend(Fault.FULL_AFTER);
    assertThat(causeOfRefusal()).isEqualTo(StopCause.FAILED);
    assertThat(test.fatal().get(5, TimeUnit.SECONDS)).isInstanceOf(StoreFailed.class);
    requireRecovery(2);
  }

  @Test
  void endsTheProcessIfAFullStoreCannotBeReadAgain() throws Exception {
    test.store().failNextAppend(Fault.FULL);
    test.store().unreadable(true);
    assertThat(causeOfRefusal()).isEqualTo(StopCause.FAILED);
    assertThat(test.fatal().get(5, TimeUnit.SECONDS)).isInstanceOf(StoreFailed.class);
    test.store().unreadable(false);
    requireRecovery(1);
  }

  @Test
  void endsTheProcessAfterADoubtfulCommitThatWasLost() throws Exception {
    test.store().failNextAppend(Fault.FAILED_BEFORE);
    assertThat(causeOfRefusal()).isEqualTo(StopCause.FAILED);
    assertThat(test.fatal().get(5, TimeUnit.SECONDS)).isInstanceOf(StoreFailed.class);
    assertThat(causeOfRefusal()).isIn(StopCause.FAILED, StopCause.CLOSED);
    requireRecovery(1);
  }

  @Test
  void endsTheProcessAfterADoubtfulCommitThatHappened() throws Exception {
    test.store().failNextAppend(Fault.FAILED_AFTER);
    assertThat(causeOfRefusal()).isEqualTo(StopCause.FAILED);
    requireRecovery(2);
  }

  @Test
  void endsTheProcessIfADriverBreaks() throws Exception {
    test.store().failNextAppend(Fault.BROKEN);
    assertThat(causeOfRefusal()).isEqualTo(StopCause.FAILED);
    assertThat(test.fatal().get(5, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
    requireRecovery(1);
  }

  @Test
  void endsTheProcessAndKeepsNobodyWaitingIfMemoryRunsOut() throws Exception {
    test.store().failNextAppend(Fault.EXHAUSTED);
    assertThat(causeOfRefusal()).isEqualTo(StopCause.FAILED);
    assertThat(test.fatal().get(5, TimeUnit.SECONDS)).hasRootCauseInstanceOf(Error.class);
    requireRecovery(1);
  }

  @Test
  void endsTheProcessIfTheSignersHeadIsNotDurable() throws Exception {
    test.headFile().failing(true);
    assertThat(causeOfRefusal()).isEqualTo(StopCause.FAILED);
    assertThat(test.fatal()).succeedsWithin(Duration.ofSeconds(5));
    test.headFile().failing(false);
    // The entry was durable before the signer failed: the signer catches up with it.
    requireRecovery(2);
  }

  @Test
  void goesOnByItselfWhenTheLedgerKeyIsBack() throws Exception {
    List<EntryNumber> told = new ArrayList<>();
    test.ledger().follow((number, _, _) -> told.add(number));
    test.token().pull();

    assertThat(causeOfRefusal()).isEqualTo(StopCause.SIGNER);
    assertThat(causeOfRefusal()).isEqualTo(StopCause.SIGNER);
    assertThat(test.ledger().readiness().stopped()).contains(StopCause.SIGNER);
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(1));
    assertThat(told).isEmpty();

    test.token().putBack();
    // What was durable when the key went away is there, once, before whatever follows it.
    Receipt next = test.append(TestLedger.started());
    assertThat(next.number()).isEqualTo(new EntryNumber(2));
    assertThat(told).containsExactly(new EntryNumber(1), new EntryNumber(2));
    assertThat(test.ledger().readiness().ready()).isTrue();
    assertThat(test.fatal()).isNotDone();
    test.checkInvariants();
  }

  @Test
  void losesNothingIfItEndsWhileTheLedgerKeyIsAway() throws Exception {
    test.token().pull();
    assertThat(causeOfRefusal()).isEqualTo(StopCause.SIGNER);
    test.token().putBack();
    requireRecovery(2);
  }

  @Test
  void neverLetsTheTimeOfEntriesFall() throws Exception {
    Receipt before = test.append(TestLedger.started());
    test.clock().jump(Duration.ofSeconds(-3));
    Receipt after = test.append(TestLedger.started());
    assertThat(after.entry().at()).isEqualTo(before.entry().at());
    test.checkInvariants();
  }

  @Test
  void takesNothingWhileTheClockIsWrongUntilAnOperatorVouchesForIt() throws Exception {
    test.clock().jump(Duration.ofHours(1));
    assertThat(causeOfRefusal()).isEqualTo(StopCause.CLOCK);
    assertThat(test.ledger().readiness().stopped()).contains(StopCause.CLOCK);
    test.append(Draft.of(EntryKind.CLOCK_THAWED, JsonObject.EMPTY, SearchKeys.NONE));
    test.append(TestLedger.started());
    test.checkInvariants();
  }

  @Test
  void refusesWhatComesAfterItWasClosed() {
    test.close();
    assertThat(causeOfRefusal()).isEqualTo(StopCause.CLOSED);
  }

  private void requireRecovery(long size) throws Exception {
    test.restart();
    assertThat(test.ledger().readiness().ready()).isTrue();
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(size));
    test.append(TestLedger.started());
    test.checkInvariants();
  }

  private StopCause causeOfRefusal() {
    try {
      test.append(TestLedger.started());
    } catch (LedgerUnavailable e) {
      return e.stopCause();
    }
    throw new AssertionError("was not refused");
  }

  private void appendQuietly() {
    try {
      test.append(TestLedger.started());
    } catch (LedgerUnavailable e) {
      throw new IllegalStateException(e);
    }
  }
}
