package dev.daypass.revocation.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.daypass.ssh.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KrlShelfTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final KrlShelf shelf = new KrlShelf();

  @Test
  void handsOutTheNewestAndForAWhileThoseBefore() {
    assertThat(shelf.newest()).isEmpty();
    for (int version = 1; version <= 6; version++) {
      shelf.put(list(version));
    }
    assertThat(shelf.newest()).contains(list(6));
    assertThat(shelf.ofVersion(3)).contains(list(3));
    assertThat(shelf.ofVersion(2)).as("memory is bounded").isEmpty();
    assertThat(shelf.ofVersion(7)).isEmpty();
  }

  @Test
  void neverGoesBack() {
    shelf.put(list(5));
    assertThatIllegalStateException().isThrownBy(() -> shelf.put(list(5)));
    assertThatIllegalStateException().isThrownBy(() -> shelf.put(list(4)));
    assertThat(shelf.newest()).contains(list(5));
  }

  @Test
  void doesNotLetWaitWhoIsBehind() {
    shelf.put(list(5));
    assertThat(shelf.awaitNewer(4, LONG)).contains(list(5));
    assertThat(shelf.awaitNewer(5, Duration.ZERO)).contains(list(5));
    assertThat(shelf.awaitNewer(9, Duration.ofMillis(1))).contains(list(5));
  }

  @Test
  void wakesEverybodyWithOneList() throws Exception {
    shelf.put(list(5));
    List<CompletableFuture<Optional<PublishedKrl>>> waiters = waiters(5000);
    shelf.put(list(6));
    for (CompletableFuture<Optional<PublishedKrl>> waiter : waiters) {
      assertThat(waiter.get()).contains(list(6));
    }
  }

  @Test
  void sendsEverybodyHomeWhenItCloses() throws Exception {
    shelf.put(list(5));
    List<CompletableFuture<Optional<PublishedKrl>>> waiters = waiters(3);
    shelf.close();
    for (CompletableFuture<Optional<PublishedKrl>> waiter : waiters) {
      assertThat(waiter.get()).contains(list(5));
    }
    assertThat(shelf.awaitNewer(5, LONG)).as("nobody waits at a closed one").isPresent();
  }

  private List<CompletableFuture<Optional<PublishedKrl>>> waiters(int count) {
    List<CompletableFuture<Optional<PublishedKrl>>> waiters = new ArrayList<>();
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    for (int i = 0; i < count; i++) {
      waiters.add(CompletableFuture.supplyAsync(() -> shelf.awaitNewer(5, LONG), threads));
    }
    while (shelf.waiting() < count) {
      Thread.onSpinWait();
    }
    return waiters;
  }

  private static PublishedKrl list(long version) {
    return new PublishedKrl(version, Bytes.ofUtf8("list " + version), "signature");
  }
}
