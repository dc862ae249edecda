package dev.daypass.fleet.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class NewsBoardTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Fingerprint DB_1 = new Fingerprint(Bytes.ofUtf8("db-1").sha256());
  private static final Fingerprint WEB_1 = new Fingerprint(Bytes.ofUtf8("web-1").sha256());

  private final NewsBoard board = new NewsBoard();
  private final AtomicBoolean news = new AtomicBoolean();
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void doesNotWaitForWhatIsThere() {
    news.set(true);
    board.await(DB_1, news::get, LONG);
    assertThat(board.waiting()).isZero();
  }

  @Test
  void doesNotWaitLongerThanAsked() {
    board.await(DB_1, news::get, Duration.ofMillis(1));
    assertThat(board.waiting()).isZero();
  }

  @Test
  void wakesTheOneThatIsMeantAndNoOther() throws Exception {
    CompletableFuture<Void> one = waiting(DB_1);
    int before = looks.get();
    board.changed(WEB_1);
    assertThat(one).as("another's change").isNotDone();
    news.set(true);
    board.changed(DB_1);
    one.get();
    assertThat(looks.get() - before).as("looks after one change").isEqualTo(1);
  }

  @Test
  void nobodyLooksBetweenChanges() throws Exception {
    CompletableFuture<Void> one = waiting(DB_1);
    CompletableFuture<Void> other = waiting(WEB_1);
    board.allChanged();
    awaitLooks(4);
    news.set(true);
    board.allChanged();
    one.get();
    other.get();
    assertThat(looks).as("once at first, and once a change").hasValue(6);
  }

  @Test
  void wakesThousandsWithOneChange() throws Exception {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      Fingerprint key = new Fingerprint(Bytes.ofUtf8("host " + i).sha256());
      all.add(start(key));
    }
    awaitLooks(5_000);
    news.set(true);
    board.allChanged();
    for (CompletableFuture<Void> each : all) {
      each.get();
    }
    assertThat(board.waiting()).isZero();
  }

  @Test
  void oneServerHasNoMoreThanFourPlaces() throws Exception {
    List<CompletableFuture<Void>> four = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      four.add(waiting(DB_1));
    }
    board.await(DB_1, news::get, LONG);
    assertThat(four).as("the fifth was sent away, they were not").noneMatch(each -> each.isDone());
    news.set(true);
    board.changed(DB_1);
    for (CompletableFuture<Void> each : four) {
      each.get();
    }
  }

  @Test
  void sendsEverybodyHomeAtTheEnd() throws Exception {
    CompletableFuture<Void> one = waiting(DB_1);
    board.close();
    one.get();
    board.await(WEB_1, news::get, LONG);
    assertThat(board.waiting()).isZero();
  }

  /** One that has looked and waits. */
  private CompletableFuture<Void> waiting(Fingerprint key) {
    int before = looks.get();
    CompletableFuture<Void> one = start(key);
    awaitLooks(before + 1);
    return one;
  }

  private CompletableFuture<Void> start(Fingerprint key) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    var _ =
        Thread.ofVirtual()
            .start(() -> {
              board.await(key, this::look, LONG);
              done.complete(null);
            });
    return done;
  }

  private boolean look() {
    boolean seen = news.get();
    looks.incrementAndGet();
    return seen;
  }

  private void awaitLooks(int count) {
    while (looks.get() < count) {
      Thread.onSpinWait();
    }
  }
}
