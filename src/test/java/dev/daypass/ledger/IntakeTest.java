package dev.daypass.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.json.JsonObject;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IntakeTest {
  private final Intake intake = new Intake();

  @Test
  void handsOutInTheOrderOfArrival() throws Exception {
    List<Pending> offered = List.of(pending(), pending(), pending());
    for (Pending pending : offered) {
      intake.offer(pending);
    }
    assertThat(intake.take(0)).isEqualTo(offered);
    assertThat(intake.take(0)).isEmpty();
  }

  @Test
  void boundsTheBatchAndLeavesTheRestForTheNext() throws Exception {
    fill(300);
    assertThat(intake.take(0)).hasSize(256);
    assertThat(intake.take(0)).hasSize(44);
  }

  @Test
  void refusesMoreThanItCanHold() throws Exception {
    fill(1024);
    assertThatThrownBy(() -> intake.offer(pending()))
        .isInstanceOfSatisfying(
            LedgerUnavailable.class,
            e -> assertThat(e.stopCause()).isEqualTo(StopCause.OVERLOADED));
    assertThat(intake.waiting()).isEqualTo(1024);
  }

  @Test
  void servesWhoCameBeforeItWasClosedAndNobodyAfter() throws Exception {
    fill(2);
    intake.close();
    assertThatThrownBy(() -> intake.offer(pending()))
        .isInstanceOfSatisfying(
            LedgerUnavailable.class, e -> assertThat(e.stopCause()).isEqualTo(StopCause.CLOSED));
    assertThat(intake.exhausted()).isFalse();
    assertThat(intake.take(Long.MAX_VALUE)).hasSize(2);
    assertThat(intake.exhausted()).isTrue();
    assertThat(intake.take(Long.MAX_VALUE)).isEmpty();
  }

  private void fill(int count) throws LedgerUnavailable {
    for (int i = 0; i < count; i++) {
      intake.offer(pending());
    }
  }

  private static Pending pending() {
    return new Pending(
        TestLedger.started(), Details.salted(JsonObject.EMPTY, new Random(1)), List.of());
  }
}
