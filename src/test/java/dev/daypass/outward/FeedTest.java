package dev.daypass.outward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.publish.CopyPosition;
import dev.daypass.ledger.read.EntryBrowser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FeedTest {
  private final FakeTarget target = new FakeTarget();
  private final FakePosition position = new FakePosition();
  private Instant now = Instant.parse("2026-11-21T01:00:00Z");
  private final InstantSource clock = () -> now;
  private TestLedger test;

  @BeforeEach
  void fill() throws Exception {
    test = TestLedger.over(new InMemoryLedgerStore());
    append(20);
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void tellsEachEntryOnceInOrder() {
    Feed<Long> feed = feed();
    feed.advance();
    append(7);
    feed.advance();
    feed.advance();
    assertThat(target.told).isEqualTo(numbers(0, size()));
    assertThat(feed.standing()).isEqualTo(new FeedStanding("target", 0, Optional.empty()));
  }

  @Test
  void saysThatThereIsMoreAndKeepsItsPositionInBetween() {
    target.during = () -> now = now.plusSeconds(2);
    Feed<Long> feed = feed();
    assertThat(feed.advance()).isTrue();
    assertThat(target.told).isEqualTo(numbers(0, 5));
    assertThat(position.text.orElseThrow()).contains("\n5\n");
    assertThat(feed.advance()).isFalse();
    assertThat(target.told).isEqualTo(numbers(0, size()));
  }

  @Test
  void whatFailedIsNotMoreToTellAtOnce() {
    target.failAt = 0;
    Feed<Long> feed = feed();
    assertThat(feed.advance()).isFalse();
    assertThat(feed.advance()).isFalse();
  }

  @Test
  void goesOnAfterARestartWhereItWas() {
    feed().advance();
    append(3);
    feed().advance();
    assertThat(target.told).isEqualTo(numbers(0, size()));
  }

  @Test
  void tellsAgainWhatACrashLeftUnkept() {
    position.failing = true;
    feed().advance();
    long first = target.told.size();
    position.failing = false;
    target.told.clear();
    feed().advance();
    assertThat(first).isEqualTo(size());
    assertThat(target.told).isEqualTo(numbers(0, size()));
  }

  @Test
  void whatWasToldBeforeAFailureIsNotToldAgain() {
    target.failAt = 12;
    Feed<Long> feed = feed();
    feed.advance();
    assertThat(target.told).isEqualTo(numbers(0, 10)); // batches of five
    assertThat(feed.standing().failure()).contains("injected at 12");
    assertThat(feed.standing().behind()).isEqualTo(size() - 10);
    target.failAt = Long.MAX_VALUE;
    feed().advance();
    assertThat(target.told).isEqualTo(numbers(0, size()));
  }

  @Test
  void waitsLongerAndLongerForATargetThatIsAwayAndNotForEver() {
    target.failAt = 0;
    Feed<Long> feed = feed();
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      feed.advance();
      int tries = target.tries;
      now = now.plusSeconds(seconds).minusMillis(1);
      feed.advance();
      assertThat(target.tries).as("before " + seconds + " s").isEqualTo(tries);
      now = now.plusMillis(1);
    }
    target.failAt = Long.MAX_VALUE;
    feed.advance();
    assertThat(target.told).isEqualTo(numbers(0, size()));
    assertThat(feed.standing().failure()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackMakesNoPauseLonger() {
    target.failAt = 0;
    Feed<Long> feed = feed();
    feed.advance();
    now = now.minus(Duration.ofDays(1));
    target.failAt = Long.MAX_VALUE;
    feed.advance();
    assertThat(target.told).isEqualTo(numbers(0, size()));
  }

  @Test
  void aTargetThatNamesAPauseIsBelievedForTenMinutes() {
    target.failAt = 0;
    target.pause = Optional.of(Duration.ofHours(5));
    Feed<Long> feed = feed();
    feed.advance();
    target.failAt = Long.MAX_VALUE;
    now = now.plus(Duration.ofMinutes(10)).minusMillis(1);
    feed.advance();
    assertThat(target.told).isEmpty();
    now = now.plusMillis(1);
    feed.advance();
    assertThat(target.told).isEqualTo(numbers(0, size()));
  }

  @Test
  void appendsNeverWaitForATargetThatHangs() {
    target.during = () -> append(1);
    Feed<Long> feed = feed();
    feed.advance();
    assertThat(test.ledger().size().value()).isGreaterThan(20);
    target.during = () -> {};
    feed.advance();
    assertThat(target.told).isEqualTo(numbers(0, size()));
  }

  @Test
  void beginsNowIfToldSoAndRemembersThatAtOnce() {
    long before = size();
    feed(FeedBeginning.NOW).advance();
    assertThat(target.told).isEmpty();
    append(2);
    feed(FeedBeginning.NOW).advance();
    assertThat(target.told).isEqualTo(numbers(before, size()));
  }

  @Test
  void anotherHistoryIsNotTakenForTheRestOfThisOne() throws Exception {
    feed().advance();
    target.told.clear();
    try (TestLedger other = TestLedger.over(new InMemoryLedgerStore())) {
      other.appendTogether(IntStream.range(0, 40).mapToObj(_ -> TestLedger.started()).toList());
      Feed<Long> feed = feed(other, FeedBeginning.FIRST);
      feed.advance();
      assertThat(feed.standing().failure().orElseThrow()).contains("does not continue");
    }
    assertThat(target.told).isEmpty();
  }

  @Test
  void aLedgerThatLostEntriesTellsNothingUntilTheyAreBack() throws Exception {
    feed().advance();
    String kept = position.text.orElseThrow();
    target.told.clear();
    try (TestLedger shorter = TestLedger.over(new InMemoryLedgerStore())) {
      Feed<Long> feed = feed(shorter, FeedBeginning.FIRST);
      feed.advance();
      assertThat(feed.standing().failure()).isPresent();
    }
    assertThat(position.text).contains(kept);
    append(1);
    feed().advance();
    assertThat(target.told).hasSize(1);
  }

  @Test
  void aNewOriginIsToldFromItsFirstEntry() {
    position.text = Optional.of(position.text("old.example.com/daypass", 9000));
    feed().advance();
    assertThat(target.told).isEqualTo(numbers(0, size()));
  }

  @Test
  void aDamagedPositionTellsNothing() {
    for (String text : List.of("", "x\n1\n-\n", "x\n01\n" + "a".repeat(64) + "\n", "x\n0\nab\n")) {
      position.text = Optional.of(text);
      Feed<Long> feed = feed();
      feed.advance();
      assertThat(feed.standing().failure()).contains("its position is damaged");
    }
    assertThat(target.told).isEmpty();
  }

  private Feed<Long> feed() {
    return feed(FeedBeginning.FIRST);
  }

  private Feed<Long> feed(FeedBeginning beginning) {
    return feed(test, beginning);
  }

  private Feed<Long> feed(TestLedger from, FeedBeginning beginning) {
    FeedSource source =
        new FeedSource(
            TestLedger.ORIGIN,
            new EntryBrowser(from.store(), from.ledger()::size),
            from.ledger()::size);
    return new Feed<>(
        source, entry -> List.of(entry.number().value()), target, position, beginning, clock);
  }

  private void append(int entries) {
    try {
      test.appendTogether(IntStream.range(0, entries).mapToObj(_ -> TestLedger.started()).toList());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private long size() {
    return test.ledger().size().value();
  }

  private static List<Long> numbers(long from, long end) {
    return LongStream.range(from, end).boxed().toList();
  }

  private static final class FakeTarget implements OutwardTarget<Long> {
    private final List<Long> told = new ArrayList<>();
    private long failAt = Long.MAX_VALUE;
    private Optional<Duration> pause = Optional.empty();
    private Runnable during = () -> {};
    private int tries;

    @Override
    public String name() {
      return "target";
    }

    @Override
    public int batch() {
      return 5;
    }

    @Override
    public void send(List<Long> batch) throws IOException {
      tries++;
      Runnable once = during;
      during = () -> {};
      once.run();
      if (batch.getLast() >= failAt) {
        throw pause.isPresent()
            ? new SendLater("later", pause.get())
            : new IOException("injected at " + failAt);
      }
      told.addAll(batch);
    }

    @Override
    public void close() {}
  }

  private static final class FakePosition implements CopyPosition {
    private Optional<String> text = Optional.empty();
    private boolean failing;

    String text(String origin, long next) {
      return origin + "\n" + next + "\n" + "ab".repeat(32) + "\n";
    }

    @Override
    public Optional<String> read() {
      return text;
    }

    @Override
    public void write(String next) throws IOException {
      if (failing) {
        throw new IOException("no space");
      }
      text = Optional.of(next);
    }
  }
}
