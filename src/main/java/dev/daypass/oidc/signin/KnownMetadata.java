package dev.daypass.oidc.signin;

import dev.daypass.oidc.keys.Discovery;
import dev.daypass.oidc.keys.FetchException;
import dev.daypass.oidc.keys.JsonFetch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One provider's metadata, kept through its outages (CASES 52): asked for again after an hour, or
 * after a minute where an endpoint may have moved, while the known one goes on working for a day.
 * One fetch at a time, and a pause between two.
 */
final class KnownMetadata {
  static final Duration REFRESH_AFTER = Duration.ofHours(1);
  static final Duration DOUBTED_AFTER = Duration.ofMinutes(1);
  static final Duration MAX_AGE = Duration.ofHours(24);
  static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * How many wait for the first answer. Anybody can begin a sign-in: whoever does must not hold
   * more of the daemon than this, however slow the provider is.
   */
  private static final int MAX_WAITING = 64;

  private record Snapshot(ProviderMetadata metadata, Instant at) {}

  private final String issuer;
  private final Duration timeout;
  private final JsonFetch fetch;
  private final InstantSource clock;

  private final Semaphore waiting = new Semaphore(MAX_WAITING);
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Snapshot snapshot; // written by the one flight
  private volatile boolean doubted;
  private volatile String problem = "nothing was fetched yet"; // written by the one flight
  private @Nullable CompletableFuture<Void> flight; // guarded by lock
  private @Nullable Instant lastAttempt; // guarded by lock

  KnownMetadata(String issuer, Duration timeout, JsonFetch fetch, InstantSource clock) {
    this.issuer = issuer;
    this.timeout = timeout;
    this.fetch = fetch;
    this.clock = clock;
  }

  /** The metadata; only who has none that is good enough waits for a fetch. */
  ProviderMetadata find() throws FetchException {
    Snapshot known = snapshot;
    if (known != null && !elapsed(known.at(), doubted ? DOUBTED_AFTER : REFRESH_AFTER)) {
      return known.metadata();
    }
    CompletableFuture<Void> begun = begin();
    if (known == null || elapsed(known.at(), MAX_AGE)) {
      await(begun);
      known = snapshot;
    }
    if (known == null || elapsed(known.at(), MAX_AGE)) {
      throw new FetchException(problem);
    }
    return known.metadata();
  }

  /** An endpoint did not answer as one: it may have moved. */
  void doubt() {
    doubted = true;
  }

  /** The fetch under way, a new one, or one that is over if the pause is not. */
  private CompletableFuture<Void> begin() {
    lock.lock();
    try {
      if (flight != null) {
        return flight;
      }
      if (lastAttempt != null && !elapsed(lastAttempt, PAUSE)) {
        return CompletableFuture.completedFuture(null);
      }
      lastAttempt = clock.instant();
      CompletableFuture<Void> begun = new CompletableFuture<>();
      flight = begun;
      Thread.ofVirtual().name("discovery").start(() -> run(begun));
      return begun;
    } finally {
      lock.unlock();
    }
  }

  private void run(CompletableFuture<Void> begun) {
    try {
      ProviderMetadata metadata = ProviderMetadata.of(Discovery.fetch(issuer, fetch, timeout));
      snapshot = new Snapshot(metadata, clock.instant());
      doubted = false;
    } catch (FetchException e) {
      problem = e.reason();
    } catch (RuntimeException e) {
      problem = "its discovery document could not be read";
    } finally {
      landed();
      begun.complete(null);
    }
  }

  private void landed() {
    lock.lock();
    try {
      flight = null;
    } finally {
      lock.unlock();
    }
  }

  private void await(CompletableFuture<Void> begun) {
    if (!waiting.tryAcquire()) {
      return;
    }
    try {
      begun.get(timeout.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The caller goes on with what is known: nothing.
    } catch (ExecutionException e) {
      throw new IllegalStateException("a flight never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.release();
    }
  }

  /** A clock that was set back makes things old: their age is unknown. */
  private boolean elapsed(Instant since, Duration span) {
    Duration passed = Duration.between(since, clock.instant());
    return passed.isNegative() || passed.compareTo(span) >= 0;
  }
}
