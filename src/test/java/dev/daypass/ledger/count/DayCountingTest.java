package dev.daypass.ledger.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.TreeSize;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DayCountingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T23:59:59Z");
  private static final int MUCH = 100 * DayCounting.CHUNK;

  private final Positions store = new Positions();
  private long size;
  private final DayCounting counting = new DayCounting(store, () -> new TreeSize(size), () -> NOW);

  @Test
  void catchesUpInChunksAndRestsInBetween() {
    size = MUCH;
    counting.advance();
    assertThat(store.counted).isEqualTo((long) DayCounting.CHUNKS * DayCounting.CHUNK);
    assertThat(store.steps).allMatch(step -> step <= DayCounting.CHUNK);
    for (int i = 0; i < 4; i++) {
      counting.advance();
    }
    assertThat(store.counted).isEqualTo(size);
  }

  @Test
  void writesNothingForAFew() {
    size = DayCounting.WORTH - 1;
    counting.advance();
    assertThat(store.steps).isEmpty();
    size++;
    counting.advance();
    assertThat(store.steps).containsExactly((long) DayCounting.WORTH);
  }

  @Test
  void leavesTheProcessorToAFastLedgerButNotForEver() {
    size = 10;
    counting.advance();
    for (int i = 1; i < DayCounting.PATIENCE; i++) {
      size += DayCounting.FAST + 1;
      counting.advance();
    }
    assertThat(store.steps).as("others are busy").isEmpty();
    size += DayCounting.FAST + 1;
    counting.advance();
    assertThat(store.counted).as("long enough").isPositive();
    store.steps.clear();
    size += DayCounting.FAST + 1;
    counting.advance();
    assertThat(store.steps).as("patience begins anew").isEmpty();
    counting.advance();
    assertThat(store.counted).as("it grows no more").isEqualTo(size);
  }

  @Test
  void triesAgainWhatFailed() {
    size = MUCH;
    store.fails = true;
    counting.advance();
    assertThat(store.counted).isZero();
    store.fails = false;
    counting.advance();
    assertThat(store.counted).isPositive();
  }

  @Test
  void stopsBetweenTwoChunks() {
    size = MUCH;
    Thread.currentThread().interrupt();
    counting.advance();
    assertThat(Thread.interrupted()).as("still told").isTrue();
    assertThat(store.counted).isZero();
  }

  @Test
  void theLastDaysEndWithToday() throws StoreFailed {
    size = 4321;
    Counts week = counting.last(7);
    assertThat(week.days()).hasSize(7);
    assertThat(week.days().getFirst().date()).isEqualTo("2026-11-15");
    assertThat(week.days().getLast().date()).isEqualTo("2026-11-21");
    assertThat(week.missing()).as("what the store was asked for").isEqualTo(size);
  }

  /** Remembers how far it was told to count. */
  private static final class Positions implements CountStore {
    private final List<Long> steps = new ArrayList<>();
    private long counted;
    private boolean fails;

    @Override
    public long counted() {
      return counted;
    }

    @Override
    public void count(long before) throws StoreFailed {
      if (fails) {
        throw new StoreFailed("injected");
      }
      steps.add(before - counted);
      counted = before;
    }

    @Override
    public Counts of(LocalDate first, LocalDate last, long before, int most) {
      assertThat(most).isEqualTo(DayCounting.WORTH);
      return new CountSum(first, last).counts(before);
    }
  }
}
