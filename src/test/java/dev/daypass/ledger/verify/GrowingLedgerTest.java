package dev.daypass.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.tlog.TreeSize;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A ledger to which a daemon writes while it is verified. */
final class GrowingLedgerTest {
  @Test
  void whatComesMeanwhileIsNotLookedAt() throws Exception {
    InMemoryLedgerStore store = new InMemoryLedgerStore();
    try (TestLedger test = TestLedger.over(store)) {
      for (int i = 0; i < 6; i++) {
        test.appendTogether(Collections.nCopies(900, TestLedger.started()));
      }
      TreeSize size = test.ledger().size();
      Progress growing =
          (_, _) -> {
            try {
              test.append(TestLedger.started());
              test.append(TestLedger.started());
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          };
      LedgerReport report =
          new LedgerVerifier(
                  new StoreSource(store),
                  TestLedger.ORIGIN,
                  List.of(test.ledgerKey()),
                  test.rebuild(),
                  GrantReview.NONE,
                  growing)
              .verify(List.of());
      assertThat(report.faults()).isEmpty();
      assertThat(report.size()).isEqualTo(size);
      assertThat(test.ledger().size()).isGreaterThan(size);
    }
  }
}
