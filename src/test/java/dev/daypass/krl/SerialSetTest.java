package dev.daypass.krl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.cert.Serial;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SerialSetTest {
  private static final long MAX = -1; // 2^64 - 1

  @Test
  void mergesSerialsThatFollowOneAnotherInAnyOrder() {
    assertThat(set(7, 5, 6, 9, 6).ranges()).containsExactly(range(5, 7), range(9, 9));
  }

  @Test
  void mergesRangesThatOverlapTouchOrLieWithin() {
    assertThat(
            SerialSet.ofRanges(
                    List.of(range(20, 30), range(1, 10), range(11, 12), range(25, 26), range(5, 6)))
                .ranges())
        .containsExactly(range(1, 12), range(20, 30));
  }

  @Test
  void countsWithoutASign() {
    SerialSet set = SerialSet.ofRanges(List.of(range(MAX - 1, MAX), range(Long.MAX_VALUE, MAX)));

    assertThat(set.ranges()).containsExactly(range(Long.MAX_VALUE, MAX));
    assertThat(set.contains(new Serial(MAX))).isTrue();
    assertThat(set.contains(new Serial(1))).isFalse();
  }

  @Test
  void doesNotGoOnBehindTheLastSerial() {
    assertThat(SerialSet.ofRanges(List.of(range(1, 1), range(MAX, MAX))).ranges())
        .containsExactly(range(1, 1), range(MAX, MAX));
  }

  @Test
  void refusesSerialZero() {
    assertThatIllegalArgumentException().isThrownBy(() -> set(0, 1)).withMessageContaining("0");
    assertThatIllegalArgumentException().isThrownBy(() -> range(0, 4));
  }

  @Test
  void refusesARangeThatEndsBeforeItBegins() {
    assertThatIllegalArgumentException().isThrownBy(() -> range(4, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> range(MAX, 3));
  }

  @Test
  void refusesRangesThatTouchOrFall() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SerialSet(List.of(range(1, 2), range(3, 4))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SerialSet(List.of(range(8, 9), range(3, 4))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SerialSet(List.of(range(3, 9), range(4, 5))));
  }

  @Test
  void holdsWhatAPlainSetHolds() {
    Random random = new Random(4711);
    for (int round = 0; round < 200; round++) {
      TreeSet<Long> plain = new TreeSet<>();
      random.longs(random.nextInt(1, 60), 1, 100).forEach(plain::add);
      SerialSet set = SerialSet.of(plain.stream().map(Serial::new).toList());
      assertThat(LongStream.range(1, 101).filter(n -> set.contains(new Serial(n))).boxed())
          .containsExactlyElementsOf(plain);
    }
  }

  @Test
  void anEmptySetHoldsNothing() {
    assertThat(SerialSet.of(List.of())).isEqualTo(SerialSet.EMPTY);
    assertThat(SerialSet.EMPTY.isEmpty()).isTrue();
    assertThat(SerialSet.EMPTY.contains(new Serial(1))).isFalse();
  }

  static SerialRange range(long first, long last) {
    return new SerialRange(new Serial(first), new Serial(last));
  }

  private static SerialSet set(long... serials) {
    return SerialSet.of(LongStream.of(serials).mapToObj(Serial::new).toList());
  }
}
