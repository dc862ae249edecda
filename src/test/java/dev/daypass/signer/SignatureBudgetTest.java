package dev.daypass.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.signer.SignerRefused.Reason;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SignatureBudgetTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 30 * SECOND); // it may overflow
  private final SignatureBudget budget = new SignatureBudget(60, now::get);

  @Test
  void allowsAMinutesWorthAtOnceAndThenOneASecond() throws Exception {
    spend(60);
    requireSpent();
    for (int i = 0; i < 120; i++) {
      now.addAndGet(SECOND);
      budget.spend();
      requireSpent();
    }
  }

  @Test
  void savesNoMoreThanAMinutesWorth() throws Exception {
    spend(60);
    now.addAndGet(3600 * SECOND);
    spend(60);
    requireSpent();
  }

  @Test
  void withoutALimitItNeverRefuses() throws Exception {
    SignatureBudget free = new SignatureBudget(SignerRates.UNLIMITED.userCa(), () -> 0);
    for (int i = 0; i < 100_000; i++) {
      free.spend();
    }
    assertThat(SignerRates.UNLIMITED.ledger()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aRateIsAtLeastOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SignerRates(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignerRates(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignerRates(1, 1, 0));
  }

  private void spend(int times) throws SignerRefused {
    for (int i = 0; i < times; i++) {
      budget.spend();
    }
  }

  private void requireSpent() {
    assertThatExceptionOfType(SignerRefused.class)
        .isThrownBy(budget::spend)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY));
  }
}
