package dev.daypass.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class KeyAbsenceTest {
  private static final IssuanceOutcome IN_VAIN =
      new IssuanceOutcome.Unavailable("the key", Optional.of(new EntryNumber(7)));
  private static final IssuanceOutcome NOT_TAKEN =
      new IssuanceOutcome.Unavailable("the ledger", Optional.empty());

  private final AtomicLong now = new AtomicLong(Duration.ofDays(1).toNanos());
  private final KeyAbsence absence = new KeyAbsence(now::get);

  @Test
  void letsEveryRequestTryWhileTheKeySigns() {
    assertThat(tries(5)).isEqualTo(5);
    absence.learn(NOT_TAKEN);
    absence.learn(new IssuanceOutcome.Frozen("why", Optional.of(new EntryNumber(7))));
    assertThat(tries(5)).isEqualTo(5);
  }

  @Test
  void letsOneRequestASecondTryWhileItDoesNot() {
    absence.learn(IN_VAIN);
    assertThat(tries(5)).isZero();
    for (int second = 0; second < 3; second++) {
      pass(Duration.ofSeconds(1));
      assertThat(tries(5)).isEqualTo(1);
      absence.learn(IN_VAIN);
    }
    pass(Duration.ofMillis(999));
    assertThat(tries(5)).isZero();
  }

  /** Many that were under way when it went away come back one after another. */
  @Test
  void whoFailsLateDoesNotPutTheNextTryOff() {
    absence.learn(IN_VAIN);
    pass(Duration.ofMillis(900));
    absence.learn(IN_VAIN);
    pass(Duration.ofMillis(100));
    assertThat(tries(5)).isEqualTo(1);
  }

  @Test
  void whatBecomesOfAnotherRequestSaysNothingOfTheKey() {
    absence.learn(IN_VAIN);
    absence.learn(NOT_TAKEN);
    absence.learn(new IssuanceOutcome.AlreadyGranted(new EntryNumber(3)));
    assertThat(tries(5)).isZero();
  }

  @Test
  void isAwayWhileItDidNotSignALittleWhileAgo() {
    assertThat(absence.isAway()).isFalse();
    absence.learn(NOT_TAKEN);
    assertThat(absence.isAway()).as("that was the ledger").isFalse();
    absence.learn(IN_VAIN);
    pass(Duration.ofSeconds(9));
    assertThat(absence.isAway()).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(absence.isAway()).as("somebody must try, or nobody knows").isFalse();
    assertThat(tries(5)).isEqualTo(1);
    assertThat(absence.isAway()).as("until the try has failed or not").isTrue();
  }

  private int tries(int requests) {
    int tries = 0;
    for (int i = 0; i < requests; i++) {
      tries += absence.mayTry() ? 1 : 0;
    }
    return tries;
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
