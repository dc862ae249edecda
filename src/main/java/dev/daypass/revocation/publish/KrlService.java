package dev.daypass.revocation.publish;

import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.revocation.live.RevocationState;
import dev.daypass.signer.ChannelSigner;
import dev.daypass.ssh.signature.SigningException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that publishes: at once when something was revoked, then at most every two seconds, so
 * that a thousand logouts are not a thousand lists; every half hour without a cause, so that
 * servers see that nothing is kept from them; and again and again while it fails.
 */
public final class KrlService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KrlService.class);
  private static final Duration MAX_AGE = Duration.ofMinutes(30);
  private static final Duration BREATH = Duration.ofSeconds(2);

  /** How often it is looked whether a list has become old. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final RevocationState state;
  private final KrlPublisher publisher;
  private final KrlShelf shelf;
  private final InstantSource clock;
  private final BooleanSupplier open;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();

  // Both guarded by lock.
  private boolean changed;
  private boolean closed;

  private KrlService(
      RevocationState state,
      KrlPublisher publisher,
      KrlShelf shelf,
      InstantSource clock,
      BooleanSupplier open) {
    this.state = state;
    this.publisher = publisher;
    this.shelf = shelf;
    this.clock = clock;
    this.open = open;
    this.thread = Thread.ofPlatform().daemon().name("krl").unstarted(this::run);
  }

  /**
   * Takes up the last list, and begins to read the past and to publish.
   *
   * @param open whether the first entries of this start are written, which come before lists
   */
  public static KrlService start(
      Ledger ledger,
      RevocationState state,
      ChannelSigner channel,
      KrlStore store,
      InstantSource clock,
      BooleanSupplier open) {
    KrlShelf shelf = new KrlShelf();
    KrlPublisher publisher = new KrlPublisher(ledger, state, channel, store, shelf, clock);
    publisher.takeUp();
    KrlService service = new KrlService(state, publisher, shelf, clock, open);
    state.onChange(service::wake);
    service.thread.start();
    return service;
  }

  /** Where lists are fetched and waited for. */
  public KrlShelf shelf() {
    return shelf;
  }

  /** Stops publishing and sends home who waits. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
    shelf.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        // What it is writing must be written before the ledger closes under it.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean complete = false;
    String trouble = "";
    while (!isClosed()) {
      try {
        if (!complete) {
          state.readPast(clock.instant());
          complete = true;
        }
        if (!open.getAsBoolean()) {
          pause(BREATH);
        } else if (publisher.isDue(MAX_AGE)) {
          publisher.publish();
          trouble = "";
          pause(BREATH);
        } else {
          awaitChange();
        }
      } catch (LedgerUnavailable | SigningException | IOException | RuntimeException e) {
        // Whatever it is, a thread that ends here would publish nothing ever again.
        if (!trouble.equals(e.toString())) {
          LOG.error("no KRL can be published; it is tried again and again", e);
        }
        trouble = e.toString();
        pause(BREATH);
      }
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing shortens this but the end. */
  private void pause(Duration time) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!closed && left > 0) {
        left = woken.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void awaitChange() {
    lock.lock();
    try {
      long left = LOOK.toNanos();
      while (!closed && !changed && left > 0) {
        left = woken.awaitNanos(left);
      }
      changed = false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
