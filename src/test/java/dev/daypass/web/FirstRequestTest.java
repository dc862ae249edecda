package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Of requests that come together, one goes first. */
final class FirstRequestTest {
  private final FirstRequest first = new FirstRequest();
  private final List<String> order = new CopyOnWriteArrayList<>();

  @Test
  void theOthersWaitForTheFirst() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch secondComes = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> one =
          threads.submit(() ->
              first.before(() -> {
                inside.countDown();
                secondComes.await();
                return order.add("first");
              }));
      inside.await();
      Future<Boolean> two =
          threads.submit(() -> {
            secondComes.countDown();
            return first.before(() -> order.add("second"));
          });
      assertThat(one.get()).isTrue();
      assertThat(two.get()).isTrue();
    }
    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void aFirstThatLastsKeepsNobody() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> one =
          threads.submit(() ->
              first.before(() -> {
                inside.countDown();
                end.await();
                return order.add("first");
              }));
      inside.await();
      assertThat(first.before(() -> order.add("second"))).isTrue();
      end.countDown();
      assertThat(one.get()).isTrue();
    }
    assertThat(order).containsExactly("second", "first");
  }

  @Test
  void aFirstThatFailsKeepsNobody() throws Exception {
    assertThat(
            catchThrowable(() ->
                first.before(() -> {
                  throw new IllegalStateException("broken");
                })))
        .isInstanceOf(IllegalStateException.class);
    assertThat(first.before(() -> order.add("second"))).isTrue();
  }
}
