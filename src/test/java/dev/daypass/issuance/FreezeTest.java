package dev.daypass.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.tlog.EntryNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FreezeTest {
  private TestLedger test;
  private Freeze freeze;

  @BeforeEach
  void open() throws Exception {
    test = TestLedger.over(new InMemoryLedgerStore());
    freeze = Freeze.open(test.ledger());
  }

  @AfterEach
  void close() throws Exception {
    test.checkInvariants();
    test.close();
  }

  @Test
  void isNotFrozenAtFirst() {
    assertThat(freeze.reason()).isEmpty();
  }

  @Test
  void lastsOverRestartsUntilItIsThawed() throws Exception {
    EntryNumber entry = freeze.freeze("root", "the CA may be stolen");
    assertThat(test.ledger().entry(entry).orElseThrow().kind())
        .isEqualTo(EntryKind.ISSUANCE_FROZEN);
    assertThat(freeze.reason()).contains("the CA may be stolen");
    assertThat(reopened().reason()).contains("the CA may be stolen");
    freeze = reopened();
    freeze.thaw("root", "it was not");
    assertThat(freeze.reason()).isEmpty();
    assertThat(reopened().reason()).isEmpty();
    freeze = reopened();
    freeze.freeze("root", "again");
    assertThat(reopened().reason()).contains("again");
  }

  @Test
  void staysFrozenIfTheReasonWasErased() throws Exception {
    EntryNumber entry = freeze.freeze("root", "about somebody");
    test.ledger()
        .erase(entry, Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE));
    assertThat(reopened().reason()).contains("no reason is known");
  }

  @Test
  void stopsAlsoWhatCannotBeWrittenDown() {
    test.store().full(true);
    assertThatThrownBy(() -> freeze.freeze("root", "now")).isInstanceOf(LedgerUnavailable.class);
    assertThat(freeze.reason()).contains("now");
    test.store().full(false);
  }

  @Test
  void staysFrozenIfTheThawCannotBeWrittenDown() throws Exception {
    freeze.freeze("root", "now");
    test.store().full(true);
    assertThatThrownBy(() -> freeze.thaw("root", "fine")).isInstanceOf(LedgerUnavailable.class);
    assertThat(freeze.reason()).contains("now");
    test.store().full(false);
  }

  private Freeze reopened() throws Exception {
    test.restart();
    return Freeze.open(test.ledger());
  }
}
