package dev.daypass.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.FaultyStore.Fault;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.signer.SignerHead;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.TilePath;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StartTest {
  private InMemoryLedgerStore store;
  private TestLedger test;

  @BeforeEach
  void fill() throws Exception {
    store = new InMemoryLedgerStore();
    test = TestLedger.over(store);
    test.appendTogether(IntStream.range(0, 300).mapToObj(i -> test.granting("u" + i)).toList());
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void continuesWhereItStopped() throws Exception {
    test.restart();
    assertThat(test.ledger().readiness()).isEqualTo(new Readiness(Optional.empty(), true));
    assertThat(test.ledger().checkpoint().checkpoint().size()).isEqualTo(new TreeSize(301));
    assertThat(test.append(TestLedger.started()).number()).isEqualTo(new EntryNumber(301));
    test.checkInvariants();
  }

  @Test
  void letsTheSignerCatchUpWithAStoreAhead() throws Exception {
    test.store().failNextAppend(Fault.FAILED_AFTER);
    assertThatThrownBy(() -> test.append(TestLedger.started()))
        .isInstanceOf(LedgerUnavailable.class);
    assertThat(test.headFile().read().size()).isEqualTo(new TreeSize(301));
    test.restart();
    assertThat(test.headFile().read().size()).isEqualTo(new TreeSize(302));
    assertThat(test.ledger().readiness().ready()).isTrue();
    test.append(TestLedger.started());
    test.checkInvariants();
  }

  @Test
  void neverSignsWithARestoredBackup() throws Exception {
    StoredHead then = store.head();
    test.append(TestLedger.started());
    store.restore(then);
    test.restart();
    requireStopped(StopCause.STORE_BEHIND);
  }

  @Test
  void neverSignsWithABackupThatHasGrownPastTheHeadAgain() throws Exception {
    StoredHead then = store.head();
    test.append(TestLedger.started());
    SignerHead remembered = test.headFile().read();
    store.restore(then);
    test.headFile().replace(headOf(then));
    test.restart();
    test.append(test.granting("mallory"));
    test.append(test.granting("mallory"));
    test.headFile().replace(remembered);
    test.restart();
    requireStopped(StopCause.STORE_DIVERGED);
  }

  @Test
  void neverSignsAnotherOrigin() throws Exception {
    SignerHead head = test.headFile().read();
    test.headFile().replace(new SignerHead("other", head.size(), head.root()));
    test.restart();
    requireStopped(StopCause.STORE_DIVERGED);
  }

  @Test
  void neverSignsATailThatDoesNotLeadToTheStoredFrontier() throws Exception {
    test.store().failNextAppend(Fault.FAILED_AFTER);
    assertThatThrownBy(() -> test.append(TestLedger.started()))
        .isInstanceOf(LedgerUnavailable.class);
    StoredEntry last = store.entry(new EntryNumber(301)).orElseThrow();
    StoredEntry other = store.entry(new EntryNumber(300)).orElseThrow();
    store.tamper(last.number(), other.entry(), other.details().orElseThrow());
    test.restart();
    requireStopped(StopCause.STORE_DIVERGED);
  }

  @Test
  void saysThatNothingProtectsFromARollbackWithoutAMemory() throws Exception {
    test.headFile().replace(SignerHead.ofNewLedger(TestLedger.ORIGIN));
    test.restart();
    assertThat(test.ledger().readiness()).isEqualTo(new Readiness(Optional.empty(), false));
    assertThat(test.ledger().readiness().rollback()).isEqualTo("unprotected");
    test.append(TestLedger.started());
    test.checkInvariants();
  }

  @Test
  void readsFewRowsOfALargeLedger() throws Exception {
    CountingStore counting = new CountingStore(store);
    Start.of(counting, test.signer(), TestLedger.ORIGIN);
    assertThat(counting.entriesRead()).isLessThanOrEqualTo(TilePath.FULL_WIDTH);
  }

  private void requireStopped(StopCause cause) throws Exception {
    assertThat(test.ledger().readiness().stopped()).contains(cause);
    SignerHead before = test.headFile().read();
    assertThatThrownBy(() -> test.append(TestLedger.started()))
        .isInstanceOfSatisfying(
            LedgerUnavailable.class, e -> assertThat(e.stopCause()).isEqualTo(cause));
    assertThatThrownBy(() -> test.ledger().checkpoint()).isInstanceOf(LedgerUnavailable.class);
    assertThat(test.headFile().read()).isEqualTo(before);
    assertThat(test.ledger().entry(new EntryNumber(0))).isPresent();
  }

  private static SignerHead headOf(StoredHead head) {
    Hash root = head.frontier().root();
    return new SignerHead(TestLedger.ORIGIN, head.frontier().size(), root);
  }
}
