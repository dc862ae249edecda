package dev.daypass.ledger.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CountSumTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-02-27");
  private static final LocalDate LAST = LocalDate.parse("2026-03-02");

  private final CountSum sum = new CountSum(FIRST, LAST);

  @Test
  void everyDayIsThereWhetherItBroughtSomethingOrNot() {
    sum.grants(FIRST, 3);
    sum.grants(FIRST, 4);
    sum.refusals(LAST, 2);
    sum.alarms(LAST, 1);
    Counts counts = sum.counts(0);
    assertThat(counts.days())
        .containsExactly(
            new Counts.Day(FIRST, 7, 0, 0),
            new Counts.Day(FIRST.plusDays(1), 0, 0, 0),
            new Counts.Day(FIRST.plusDays(2), 0, 0, 0),
            new Counts.Day(LAST, 0, 2, 1));
    assertThat(counts.grants()).isEqualTo(7);
    assertThat(counts.refusals()).isEqualTo(2);
    assertThat(counts.alarms()).isEqualTo(1);
  }

  @Test
  void takesNothingOfOtherDays() {
    for (LocalDate day : new LocalDate[] {FIRST.minusDays(1), LAST.plusDays(1)}) {
      assertThat(sum.takes(day)).isFalse();
      sum.grants(day, 1);
      sum.refusals(day, 1);
      sum.alarms(day, 1);
    }
    assertThat(sum.takes(FIRST)).isTrue();
    assertThat(sum.takes(LAST)).isTrue();
    Counts counts = sum.counts(5);
    assertThat(counts.grants() + counts.refusals() + counts.alarms()).isZero();
    assertThat(counts.missing()).isEqualTo(5);
  }

  @Test
  void theMostUsedRoleComesFirstAndEqualOnesByName() {
    sum.ofRole("web", 2);
    sum.ofRole("db", 1);
    sum.ofRole("cache", 3);
    sum.ofRole("db", 1);
    assertThat(sum.counts(0).byRole().sequencedKeySet()).containsExactly("cache", "db", "web");
    sum.inHour(0, 1);
    sum.inHour(23, 2);
    assertThat(sum.counts(0).byHour()).hasSize(24).startsWith(1L).endsWith(2L);
  }

  @Test
  void theLongestOfAllPartsAreKept() {
    for (int i = 0; i < 40; i++) {
      sum.lasting(new Lasting(Duration.ofMinutes(i % 20), i, Optional.empty()));
    }
    assertThat(sum.counts(0).longest())
        .hasSize(Lasting.MOST)
        .extracting(Lasting::entry)
        .as("the newer of two that last alike first")
        .startsWith(39L, 19L, 38L, 18L);
  }
}
