package dev.daypass.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongSetTest {
  private final LongSet set = new LongSet();

  @Test
  void containsWhatWasAddedAndNothingElse() {
    Set<Long> expected = new HashSet<>();
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      long value = random.nextLong() >>> random.nextInt(60);
      set.add(value);
      expected.add(value);
    }
    assertThat(expected).allMatch(set::contains);
    for (int i = 0; i < 20_000; i++) {
      long value = random.nextLong();
      assertThat(set.contains(value)).isEqualTo(expected.contains(value));
    }
  }

  @Test
  void countsEachValueOnce() {
    for (int i = 2; i < 102; i++) {
      set.add(i);
      set.add(i);
    }
    assertThat(set.size()).isEqualTo(100);
  }

  @Test
  void keepsZero() {
    assertThat(set.contains(0)).isFalse();
    set.add(0);
    assertThat(set.contains(0)).isTrue();
    assertThat(set.contains(Long.MIN_VALUE)).isFalse();
  }

  @Test
  void survivesValuesThatWantTheSameSlot() {
    for (long i = 1; i < 1000; i++) {
      set.add(i);
      assertThat(set.contains(i)).isTrue();
      assertThat(set.contains(i + 1)).isFalse();
    }
  }
}
