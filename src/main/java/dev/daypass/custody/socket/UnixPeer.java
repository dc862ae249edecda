package dev.daypass.custody.socket;

import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Another process behind a Unix socket. Connections are kept for the next question; after the other
 * process was away, new ones are made. For any number of threads.
 */
public final class UnixPeer implements AutoCloseable {
  private final Path socket;
  private final Duration patience;
  private final int maxAnswer;
  private final Semaphore turns;

  /** The one used last is asked first, so that the others may be few. */
  private final ConcurrentLinkedDeque<UnixConnection> idle = new ConcurrentLinkedDeque<>();

  /** The peer behind that socket; nothing is opened yet. */
  public UnixPeer(Path socket, Bounds bounds) {
    this.socket = socket;
    this.patience = bounds.patience();
    this.maxAnswer = bounds.maxAnswer();
    this.turns = new Semaphore(bounds.connections());
  }

  /**
   * What one peer may cost.
   *
   * @param connections at once; more questions wait
   * @param patience for a connection to be free, and again for the answer
   * @param maxAnswer in bytes
   */
  public record Bounds(int connections, Duration patience, int maxAnswer) {}

  /**
   * The answer to a question.
   *
   * <p>A connection that was kept may lead to a process that is gone: then the question is asked
   * once more, over a new one. So it must do no harm to ask twice.
   *
   * @throws IOException if there is no answer in time; nobody knows whether the question arrived
   */
  public Bytes ask(Bytes question) throws IOException {
    try {
      if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("too many questions to " + socket + " wait");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + socket, e);
    }
    try {
      Optional<UnixConnection> kept = Optional.ofNullable(idle.pollFirst());
      if (kept.isPresent()) {
        try {
          return ask(kept.get(), question);
        } catch (NoAnswerInTime e) {
          throw e;
        } catch (IOException _) {
          closeIdle(); // the others lead to where this one led
        }
      }
      return ask(UnixConnection.open(socket, patience, maxAnswer), question);
    } finally {
      turns.release();
    }
  }

  private Bytes ask(UnixConnection connection, Bytes question) throws IOException {
    try {
      Bytes answer = connection.ask(question);
      idle.addFirst(connection);
      return answer;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Closes what is idle. */
  @Override
  public void close() {
    closeIdle();
  }

  private void closeIdle() {
    UnixConnection connection = idle.pollFirst();
    while (connection != null) {
      connection.close();
      connection = idle.pollFirst();
    }
  }
}
