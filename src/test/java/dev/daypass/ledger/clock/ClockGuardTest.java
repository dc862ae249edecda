package dev.daypass.ledger.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClockGuardTest {
  private final FakeClock clock = new FakeClock();
  private Instant newestAt = Instant.EPOCH;
  private final ClockGuard guard = new ClockGuard(clock);

  @BeforeEach
  void haveAnEntry() {
    newestAt = clock.now();
  }

  @Test
  void believesAClockThatRuns() {
    for (int i = 0; i < 100; i++) {
      clock.pass(Duration.ofHours(1));
      assertThat(good()).isTrue();
    }
    assertThat(guard.look(newestAt).now()).isEqualTo(clock.now());
  }

  @Test
  void forgivesASecond() {
    clock.jump(Duration.ofSeconds(1));
    assertThat(good()).isTrue();
    clock.jump(Duration.ofSeconds(-2));
    assertThat(good()).isTrue();
  }

  @Test
  void stopsAtAJumpBackOfMoreThan5Seconds() {
    newestAt = Instant.EPOCH;
    clock.jump(Duration.ofSeconds(-5));
    assertThat(good()).isTrue();
    clock.jump(Duration.ofMillis(-5001));
    assertThat(good()).isFalse();
  }

  @Test
  void stopsAtAJumpForwardOfMoreThan300Seconds() {
    clock.jump(Duration.ofMinutes(5));
    assertThat(good()).isTrue();
    clock.jump(Duration.ofMillis(300_001));
    assertThat(good()).isFalse();
  }

  @Test
  void stopsAStartBehindTheNewestEntry() {
    newestAt = clock.now().plusSeconds(5);
    assertThat(good()).isTrue();
    newestAt = clock.now().plusMillis(5001);
    assertThat(new ClockGuard(clock).look(newestAt).good()).isFalse();
  }

  @Test
  void doesNotLetAnUnsynchronisedClockCreep() {
    clock.synchronised(false);
    newestAt = Instant.EPOCH;
    clock.jump(Duration.ofSeconds(-3));
    assertThat(good()).isTrue();
    clock.jump(Duration.ofSeconds(-3));
    assertThat(good()).isFalse();
  }

  @Test
  void recoversAfterTenSynchronisedSeconds() {
    clock.jump(Duration.ofHours(1));
    assertThat(good()).isFalse();
    for (int second = 0; second < 9; second++) {
      clock.pass(Duration.ofSeconds(1));
      assertThat(good()).isFalse();
    }
    clock.pass(Duration.ofSeconds(1));
    assertThat(good()).isTrue();
  }

  @Test
  void beginsToCountAgainWhenSynchronisationIsLost() {
    clock.jump(Duration.ofHours(1));
    assertThat(good()).isFalse();
    clock.pass(Duration.ofSeconds(9));
    clock.synchronised(false);
    assertThat(good()).isFalse();
    clock.synchronised(true);
    clock.pass(Duration.ofSeconds(9));
    assertThat(good()).isFalse();
    clock.pass(Duration.ofSeconds(9));
    assertThat(good()).isFalse();
    clock.pass(Duration.ofSeconds(1));
    assertThat(good()).isTrue();
  }

  @Test
  void doesNotRecoverWhileBehindTheNewestEntry() {
    newestAt = clock.now().plus(Duration.ofMinutes(1));
    assertThat(good()).isFalse();
    clock.pass(Duration.ofSeconds(59));
    assertThat(good()).isFalse();
    clock.pass(Duration.ofSeconds(2));
    assertThat(good()).isFalse();
    clock.pass(Duration.ofSeconds(10));
    assertThat(good()).isTrue();
  }

  @Test
  void believesAnOperatorUntilTheNextJump() {
    clock.jump(Duration.ofHours(1));
    assertThat(good()).isFalse();
    guard.thaw();
    assertThat(good()).isTrue();
    clock.jump(Duration.ofHours(1));
    assertThat(good()).isFalse();
  }

  @Test
  void believesAnOperatorThatTheEntriesAreAhead() {
    newestAt = clock.now().plus(Duration.ofHours(1));
    assertThat(good()).isFalse();
    guard.thaw();
    assertThat(good()).isTrue();
    clock.pass(Duration.ofMinutes(30));
    assertThat(good()).isTrue();
    clock.pass(Duration.ofMinutes(30));
    assertThat(good()).isTrue();
    newestAt = clock.now().plus(Duration.ofHours(1));
    assertThat(good()).isFalse();
  }

  @Test
  void doesNotTakeAStoppedProcessForAJump() {
    ClockSource stalling =
        new ClockSource() {
          private int looks;

          @Override
          public Instant now() {
            // The process is stopped for a minute between two readings, once.
            if (++looks == 2) {
              clock.pass(Duration.ofMinutes(1));
            }
            return clock.now();
          }

          @Override
          public Duration sinceBoot() {
            return clock.sinceBoot();
          }

          @Override
          public boolean synchronised() {
            return false;
          }
        };
    ClockGuard stalled = new ClockGuard(stalling);
    assertThat(stalled.look(newestAt).good()).isTrue();
    assertThat(stalled.look(newestAt).good()).isTrue();
  }

  private boolean good() {
    return guard.look(newestAt).good();
  }
}
