package dev.daypass.custody.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.daypass.ssh.Bytes;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UnixPeerTest {
  private static final Bytes QUESTION = Bytes.ofUtf8("who?");
  private static final UnixPeer.Bounds BOUNDS =
      new UnixPeer.Bounds(4, Duration.ofSeconds(20), 1024);
  private static final UnixPeer.Bounds HASTY = new UnixPeer.Bounds(1, Duration.ofMillis(50), 1024);

  private Path socket;

  @BeforeEach
  void name() throws IOException {
    socket = Files.createTempDirectory("dp-peer").resolve("s"); // a socket's path is short
  }

  @AfterEach
  void remove() throws IOException {
    Files.deleteIfExists(socket);
    Files.delete(socket.resolveSibling(""));
  }

  @Test
  void asksAgainOverTheSameConnection() throws Exception {
    try (FakePeer fake = FakePeer.at(socket, UnixPeerTest::echo);
        UnixPeer peer = new UnixPeer(socket, BOUNDS)) {
      for (int i = 1; i < 100; i++) {
        Bytes question = Bytes.of(new byte[i]);
        assertThat(peer.ask(question)).isEqualTo(question);
      }
      assertThat(fake.connections()).isEqualTo(1);
    }
  }

  @Test
  void reachesAPeerThatWasAway() throws Exception {
    try (UnixPeer peer = new UnixPeer(socket, BOUNDS)) {
      assertThatIOException().isThrownBy(() -> peer.ask(QUESTION));
      try (FakePeer _ = FakePeer.at(socket, UnixPeerTest::echo)) {
        assertThat(peer.ask(QUESTION)).isEqualTo(QUESTION);
      }
      assertThatIOException().isThrownBy(() -> peer.ask(QUESTION));
      try (FakePeer _ = FakePeer.at(socket, UnixPeerTest::echo)) {
        assertThat(peer.ask(QUESTION)).isEqualTo(QUESTION);
      }
    }
  }

  @Test
  void aNewPeerAnswersOnAFirstTryAfterTheOldOneWasKilled() throws Exception {
    try (UnixPeer peer = new UnixPeer(socket, BOUNDS)) {
      try (FakePeer _ = FakePeer.at(socket, UnixPeerTest::echo)) {
        peer.ask(QUESTION);
      }
      try (FakePeer _ = FakePeer.at(socket, UnixPeerTest::echo)) {
        assertThat(peer.ask(QUESTION)).isEqualTo(QUESTION);
      }
    }
  }

  @Test
  void waitsForNoAnswerForEver() throws Exception {
    try (FakePeer _ = FakePeer.at(socket, (_, _) -> {});
        UnixPeer peer = new UnixPeer(socket, HASTY)) {
      assertThatIOException().isThrownBy(() -> peer.ask(QUESTION)).withMessageContaining("within");
    }
  }

  @Test
  void takesNoAnswerThatIsEmptyOrTooLong() throws Exception {
    for (int length : new int[] {0, -1, 1025, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      try (FakePeer _ = FakePeer.at(socket, (_, out) -> out.writeInt(length));
          UnixPeer peer = new UnixPeer(socket, BOUNDS)) {
        assertThatIOException().isThrownBy(() -> peer.ask(QUESTION)).withMessageContaining("bytes");
      }
    }
  }

  @Test
  void letsMoreQuestionsWaitThanItHasConnections() throws Exception {
    CountDownLatch all = new CountDownLatch(BOUNDS.connections());
    try (FakePeer fake =
            FakePeer.at(
                socket,
                (question, out) -> {
                  // Nobody is answered before as many as may be under way are.
                  all.countDown();
                  await(all);
                  echo(question, out);
                });
        UnixPeer peer = new UnixPeer(socket, BOUNDS);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Bytes>> asked = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        asked.add(threads.submit(() -> peer.ask(QUESTION)));
      }
      for (Future<Bytes> answer : asked) {
        assertThat(answer.get()).isEqualTo(QUESTION);
      }
      assertThat(fake.connections()).isEqualTo(BOUNDS.connections());
    }
  }

  private static void echo(Bytes question, DataOutputStream out) throws IOException {
    out.writeInt(question.size());
    out.write(question.toArray());
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
