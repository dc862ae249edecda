package dev.daypass.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.FaultyStore.Fault;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.verify.LedgerReport;
import dev.daypass.ledger.verify.LedgerVerifier;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.TlogProof;
import dev.daypass.tlog.TreeSize;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was promised for an entry holds for ever: past tile borders, failures and erasures. */
@Timeout(60)
final class OldEntriesTest {
  private TestLedger test;

  @BeforeEach
  void open() throws Exception {
    test = TestLedger.over(new InMemoryLedgerStore());
  }

  @AfterEach
  void close() {
    test.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 256, 257, 320, 511, 512, 513})
  void givesEveryEntryAReceiptInATreeOfThisSize(int size) throws Exception {
    growTo(size);
    for (long number = 0; number < size; number++) {
      requireReceipt(number);
    }
    assertThat(test.ledger().receipt(new EntryNumber(size))).isEmpty();
  }

  @Test
  void givesTheSameReceiptAfterARestart() throws Exception {
    growTo(320);
    Receipt before = test.ledger().receipt(new EntryNumber(17)).orElseThrow();
    test.restart();
    Receipt after = test.ledger().receipt(new EntryNumber(17)).orElseThrow();
    assertThat(after.inclusion()).isEqualTo(before.inclusion());
    assertThat(after.entry()).isEqualTo(before.entry());
    assertThat(after.checkpoint().checkpoint()).isEqualTo(before.checkpoint().checkpoint());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void keepsReceiptsOverARestartAfterEachFailureAtATileBorder(Fault fault) throws Exception {
    growTo(255);
    test.store().failNextAppend(fault);
    assertThatThrownBy(() -> test.append(TestLedger.started()))
        .isInstanceOf(LedgerUnavailable.class);
    test.restart();
    boolean durable = fault == Fault.FAILED_AFTER || fault == Fault.FULL_AFTER;
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(durable ? 256 : 255));
    growTo(320);
    for (long number : new long[] {0, 1, 254, 255, 256, 319}) {
      requireReceipt(number);
    }
    test.checkInvariants();
  }

  @Test
  void keepsReceiptsOverManyFailuresInARow() throws Exception {
    growTo(250);
    for (int round = 0; round < 3; round++) {
      for (Fault fault : Fault.values()) {
        test.store().failNextAppend(fault);
        assertThatThrownBy(() -> test.append(TestLedger.started()))
            .isInstanceOf(LedgerUnavailable.class);
        test.restart();
        test.append(TestLedger.started());
      }
    }
    assertThat(test.ledger().size().value()).isEqualTo(250 + 3 * (6 + 2));
    test.checkInvariants();
  }

  @Test
  void keepsReceiptsWhenTheSignersHeadFailedAtATileBorder() throws Exception {
    growTo(255);
    test.headFile().failing(true);
    assertThatThrownBy(() -> test.append(TestLedger.started()))
        .isInstanceOf(LedgerUnavailable.class);
    test.headFile().failing(false);
    test.restart();
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(256));
    requireReceipt(255);
    growTo(260);
    test.checkInvariants();
  }

  @Test
  void verifiesAsErasedAndKeepsTheReceipt() throws Exception {
    growTo(300);
    for (long number : new long[] {255, 256, 255}) {
      Draft erasure = Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE);
      test.remember(test.ledger().erase(new EntryNumber(number), erasure));
    }
    test.restart();
    assertThat(test.ledger().details(new EntryNumber(255))).isEmpty();
    assertThat(test.ledger().details(new EntryNumber(254))).isPresent();
    requireReceipt(255);
    LedgerReport report = verify();
    assertThat(report.faults()).isEmpty();
    assertThat(report.erased()).as("one of them twice").isEqualTo(2);
    assertThat(report.size()).isEqualTo(new TreeSize(303));
    test.checkInvariants();
  }

  @Test
  void erasesOnlyByAnEntryThatSaysSo() {
    assertThatThrownBy(() -> test.ledger().erase(new EntryNumber(0), TestLedger.started()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(1));
  }

  @Test
  void erasesNeitherAnErasureNorWhatIsNotThere() throws Exception {
    Draft erasure = Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE);
    assertThatThrownBy(() -> test.ledger().erase(new EntryNumber(1), erasure))
        .hasMessage("there is no entry 1");
    assertThatThrownBy(() -> test.ledger().erase(new EntryNumber(0), erasure))
        .hasMessage("entry 0 is of kind ledger.created, which is kept");
    EntryNumber started = test.append(TestLedger.started()).number();
    Receipt receipt = test.ledger().erase(started, erasure);
    assertThatThrownBy(() -> test.ledger().erase(receipt.number(), erasure))
        .hasMessage("entry 2 is of kind details.erased, which is kept");
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(3));
    assertThat(test.ledger().details(receipt.number()).orElseThrow().utf8())
        .startsWith("{\"entry\":\"1\",");
  }

  private void growTo(int size) throws Exception {
    int missing = Math.toIntExact(size - test.ledger().size().value());
    test.appendTogether(Collections.nCopies(missing, TestLedger.started()));
    assertThat(test.ledger().size()).isEqualTo(new TreeSize(size));
  }

  /** As a stranger checks it, from the text of the proof alone. */
  private void requireReceipt(long number) throws Exception {
    Receipt receipt = test.ledger().receipt(new EntryNumber(number)).orElseThrow();
    assertThat(receipt.checkpoint().checkpoint().size()).isEqualTo(test.ledger().size());
    TlogProof proof = TlogProof.parse(receipt.proofText().utf8());
    assertThat(proof.index()).isEqualTo(new EntryNumber(number));
    NoteKey key = NoteKey.ofEd25519(TestLedger.ORIGIN, test.ledgerKey().point().toArray());
    assertThat(proof.verifies(receipt.entry().leafHash(), TestLedger.ORIGIN, key))
        .as("entry %d", number)
        .isTrue();
  }

  private LedgerReport verify() throws Exception {
    return new LedgerVerifier(test.store(), TestLedger.ORIGIN, test.ledgerKey(), test.rebuild())
        .verify(List.of(test.ledger().checkpoint().note()));
  }
}
