package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class RunningPartsTest {
  private final List<String> stopped = new ArrayList<>();
  private final RunningParts parts = new RunningParts(Duration.ofMillis(10));

  @Test
  void stopsInTheReverseOrder() {
    AutoCloseable store = parts.started(() -> stopped.add("store"));
    assertThat(store).isNotNull();
    var _ = parts.started(() -> stopped.add("ledger"));
    var _ = parts.started(() -> stopped.add("web"));
    parts.close();
    assertThat(stopped).containsExactly("web", "ledger", "store");
  }

  @Test
  void stopsEachOnce() {
    var _ = parts.started(() -> stopped.add("store"));
    parts.close();
    parts.close();
    assertThat(stopped).containsExactly("store");
  }

  @Test
  void onePartThatDoesNotStopKeepsNoOtherRunning() {
    var _ = parts.started(() -> stopped.add("store"));
    AutoCloseable stuck =
        () -> {
          throw new IOException("injected");
        };
    var _ = parts.started(stuck);
    parts.close();
    assertThat(stopped).containsExactly("store");
  }

  @Test
  void aChoreIsDoneAgainAndAgain() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(3);
    parts.every(Duration.ofMillis(1), done::countDown);
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    parts.close();
  }

  @Test
  void anErrorEndsNoChoreForEver() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(3);
    parts.every(
        Duration.ofMillis(1),
        () -> {
          done.countDown();
          throw new AssertionError("injected");
        });
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    parts.close();
  }

  @Test
  void aChoreThatHasMoreToDoMakesNoPauseUntilAllStops() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(3);
    RunningParts patient = new RunningParts(Duration.ofSeconds(30));
    patient.everyUntilDone(
        Duration.ofMillis(1),
        () -> {
          done.countDown();
          return true;
        });
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    patient.close();
  }

  /** A provider's answer that is cut off takes a rotated refresh token with it. */
  @Test
  void aChoreThatIsUnderWayIsNotCutOff() throws InterruptedException {
    RunningParts patient = new RunningParts();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    AtomicBoolean whole = new AtomicBoolean();
    patient.every(
        Duration.ofMillis(1),
        () -> {
          begun.countDown();
          try {
            answered.await();
            whole.set(true);
          } catch (InterruptedException _) {
            whole.set(false);
          }
        });
    begun.await();
    Thread closing = Thread.ofPlatform().start(patient::close);
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    answered.countDown();
    closing.join();
    assertThat(whole).isTrue();
  }

  /** What a chore was writing must be written before the store closes under it. */
  @Test
  void aChoreEndsBeforeWhatWasStartedBeforeItStops() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    List<Boolean> seen = new ArrayList<>();
    var _ = parts.started(() -> seen.add(ended.get()));
    parts.every(
        Duration.ofMillis(1),
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await(); // until it is interrupted
          } catch (InterruptedException _) {
            ended.set(true);
          }
        });
    begun.await();
    parts.close();
    assertThat(seen).containsExactly(true);
  }
}
