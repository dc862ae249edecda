package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Requests without a pause, while keys come and go. */
final class CaLoad implements AutoCloseable {
  private static final int ASKERS = 4;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long PAUSE_NANOS = 10_000_000;

  private final ConcurrentLinkedQueue<CaAnswer> answers = new ConcurrentLinkedQueue<>();
  private final List<Future<?>> askers = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(ASKERS);
  private volatile boolean enough;

  private CaLoad() {}

  static CaLoad of(CaLogin login) {
    CaLoad load = new CaLoad();
    for (int i = 0; i < ASKERS; i++) {
      load.askers.add(load.threads.submit(() -> load.ask(login)));
    }
    return load;
  }

  private Void ask(CaLogin login) throws Exception {
    while (!enough) {
      CaAnswer answer = login.ask();
      assertThat(answer.status()).as(answer.body()).isIn(201, 503);
      answers.add(answer);
    }
    return null;
  }

  /** Waits for an answer to a request that was sent after this call, or a little before it. */
  CaAnswer await(int status) throws Exception {
    answers.clear();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      for (CaAnswer answer : answers) {
        if (answer.status() == status) {
          return answer;
        }
      }
      for (Future<?> asker : askers) {
        if (asker.isDone()) {
          asker.get();
        }
      }
      assertThat(System.nanoTime()).as("%s", answers).isLessThan(deadline);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Ends; whoever got another answer than a certificate or 503 fails the test. */
  void stop() throws Exception {
    enough = true;
    for (Future<?> asker : askers) {
      asker.get();
    }
  }

  @Override
  public void close() {
    enough = true;
    threads.close();
  }
}
