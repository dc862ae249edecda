package dev.daypass.web.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BucketsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Quota ONE_A_SECOND = new Quota(60, Duration.ofMinutes(1));

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND); // nanoTime may overflow
  private final Buckets<String> buckets = new Buckets<>(ONE_A_SECOND, now::get);

  @Test
  void allMayComeAtOnce() {
    assertThat(taken("a", 100)).isEqualTo(60);
  }

  @Test
  void timeGivesBackWhatWasTaken() {
    taken("a", 60);
    now.addAndGet(10 * SECOND);
    assertThat(taken("a", 100)).isEqualTo(10);
    now.addAndGet(3600 * SECOND);
    assertThat(taken("a", 100)).as("never more than a full one").isEqualTo(60);
  }

  @Test
  void keysDoNotShare() {
    taken("a", 100);
    assertThat(taken("b", 100)).isEqualTo(60);
  }

  @Test
  void saysHowLongToWaitAndThatIsTrue() {
    taken("a", 60);
    long wait = buckets.take("a");
    assertThat(wait).isEqualTo(SECOND);
    now.addAndGet(wait - 1);
    assertThat(buckets.take("a")).isEqualTo(1);
    now.addAndGet(1);
    assertThat(buckets.take("a")).isZero();
  }

  @Test
  void whoIsRefusedIsNotCharged() {
    taken("a", 10_000);
    now.addAndGet(SECOND);
    assertThat(buckets.take("a")).isZero();
  }

  @Test
  void memoryIsBounded() {
    Buckets<Long> many = new Buckets<>(ONE_A_SECOND, now::get);
    for (long i = 0; i < 100_000; i++) {
      many.take(i << 20); // alike in their low bits
    }
    assertThat(many.keys()).isBetween(8_000, 16 * 1024);
  }

  @Test
  void manyThreadsTakeNoMoreThanThereIs() {
    AtomicInteger taken = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        threads.execute(() -> taken.addAndGet(taken("a", 50)));
      }
    }
    assertThat(taken).hasValue(60);
  }

  @Test
  void aQuotaOfNothingIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Quota(0, Duration.ofMinutes(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Quota(1, Duration.ZERO));
  }

  /** How many of so many attempts had one. */
  private int taken(String key, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += buckets.take(key) == 0 ? 1 : 0;
    }
    return taken;
  }
}
