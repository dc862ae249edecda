package dev.daypass.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WaitingRoomTest {
  /** Longer than any test waits for an answer. */
  private static final Duration FOREVER = Duration.ofDays(1);

  @Test
  void hasSoManyPlacesAndNoMore() {
    try (WaitingRoom room = new WaitingRoom(2)) {
      assertThat(room.enter()).isTrue();
      assertThat(room.enter()).isTrue();
      assertThat(room.enter()).isFalse();
      room.leave();
      assertThat(room.enter()).isTrue();
      assertThat(room.enter()).isFalse();
    }
  }

  @Test
  void waitsForTheWholeTime() {
    try (WaitingRoom room = new WaitingRoom(1)) {
      long start = System.nanoTime();
      assertThat(room.pause(Duration.ofMillis(5))).isTrue();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000);
      assertThat(room.pause(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void sendsEverybodyHomeWhenItCloses() throws Exception {
    WaitingRoom room = new WaitingRoom(1);
    CountDownLatch inside = new CountDownLatch(2);
    CompletableFuture<Boolean> one = waiting(room, inside);
    CompletableFuture<Boolean> other = waiting(room, inside);
    inside.await();
    room.close();
    assertThat(one.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(other.get(30, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void nobodyWaitsOnceItIsClosed() throws Exception {
    WaitingRoom room = new WaitingRoom(1);
    room.close();
    room.close();
    assertThat(waiting(room, new CountDownLatch(1)).get(30, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void whoIsInterruptedWaitsNoLonger() throws Exception {
    try (WaitingRoom room = new WaitingRoom(1)) {
      CompletableFuture<Boolean> goesOn = new CompletableFuture<>();
      CompletableFuture<Boolean> marked = new CompletableFuture<>();
      Thread waiter =
          Thread.startVirtualThread(() -> {
            goesOn.complete(room.pause(FOREVER));
            marked.complete(Thread.currentThread().isInterrupted());
          });
      waiter.interrupt();
      assertThat(goesOn.get(30, TimeUnit.SECONDS)).isFalse();
      assertThat(marked.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static CompletableFuture<Boolean> waiting(WaitingRoom room, CountDownLatch inside) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      inside.countDown();
      answer.complete(room.pause(FOREVER));
    });
    return answer;
  }
}
