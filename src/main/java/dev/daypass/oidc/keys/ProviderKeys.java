package dev.daypass.oidc.keys;

import dev.daypass.oidc.jose.JsonWebKeys;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import dev.daypass.oidc.jose.VerificationKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One provider's keys, kept as {@link KeyRefresh} says (CASES 52 and 53).
 *
 * <p>At most one fetch is under way, and between two there is a pause. Half-way to staleness a
 * fetch begins that nobody waits for; callers wait only when the keys are stale or do not hold the
 * one they need, and while the last fetch failed only those wait whom no known key can serve.
 */
public final class ProviderKeys {
  /** Before the first success, when every token is refused anyway, attempts come closer. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  /** How long a caller waits for fresh keys who could be served with the known ones. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /**
   * How many callers wait for a key that is not known. Anybody can make up a key ID: whoever does
   * must not hold more of the daemon than this, however slow the provider is.
   */
  private static final int MAX_WAITING = 64;

  /** What a search for a token's key came to. */
  public sealed interface Search {
    record Found(List<VerificationKey> keys) implements Search {}

    /** The provider has no such key. */
    record NoSuchKey() implements Search {}

    /** Whether the provider has such a key cannot be known now. */
    record Unreachable(String detail) implements Search {}
  }

  private record Snapshot(JsonWebKeys keys, Instant fetchedAt) {}

  private final KeySource source;
  private final KeyRefresh refresh;
  private final InstantSource clock;

  private final Semaphore waiting = new Semaphore(MAX_WAITING);
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Snapshot snapshot; // written under lock
  private volatile @Nullable String problem; // written under lock; null after a success
  private @Nullable CompletableFuture<Void> flight; // guarded by lock
  private @Nullable Instant lastAttempt; // guarded by lock

  public ProviderKeys(KeySource source, KeyRefresh refresh, InstantSource clock) {
    this.source = source;
    this.refresh = refresh;
    this.clock = clock;
  }

  /**
   * Searches the keys that may have made a signature, fetching them if need be.
   *
   * @param keyId the token's {@code kid}, if it has one
   */
  public Search find(SignatureAlgorithm algorithm, Optional<String> keyId) {
    List<VerificationKey> known = known(algorithm, keyId);
    if (known.isEmpty()) {
      fetch().ifPresent(this::awaitAsOneOfFew);
    } else if (olderThan(refresh.refreshAfter())) {
      boolean answering = problem == null;
      Optional<CompletableFuture<Void>> flight = fetch();
      if (answering) {
        flight.ifPresent(f -> await(f, PATIENCE));
      }
    } else if (olderThan(refresh.refreshAfter().dividedBy(2))) {
      fetch();
      return new Search.Found(known);
    } else {
      return new Search.Found(known);
    }
    return outcome(known(algorithm, keyId));
  }

  /** Begins a fetch that nobody waits for. */
  public void warmUp() {
    fetch();
  }

  private Search outcome(List<VerificationKey> known) {
    if (!known.isEmpty()) {
      return new Search.Found(known);
    }
    String lastProblem = problem;
    if (lastProblem != null) {
      return new Search.Unreachable(lastProblem);
    }
    return snapshot == null || isUnderWay()
        ? new Search.Unreachable("its keys have not arrived yet")
        : new Search.NoSuchKey();
  }

  private boolean isUnderWay() {
    lock.lock();
    try {
      return flight != null;
    } finally {
      lock.unlock();
    }
  }

  private List<VerificationKey> known(SignatureAlgorithm algorithm, Optional<String> keyId) {
    Snapshot current = snapshot;
    return current == null || olderThan(refresh.maxAge())
        ? List.of()
        : current.keys().candidates(algorithm, keyId);
  }

  /** Keys from the future count as old: the clock was set back, and their age is unknown. */
  private boolean olderThan(Duration age) {
    Snapshot current = snapshot;
    return current == null || elapsed(current.fetchedAt(), age);
  }

  private boolean elapsed(Instant since, Duration span) {
    Duration passed = Duration.between(since, clock.instant());
    return passed.isNegative() || passed.compareTo(span) >= 0;
  }

  /** The fetch under way, or a new one if the pause is over. */
  private Optional<CompletableFuture<Void>> fetch() {
    lock.lock();
    try {
      if (flight != null) {
        return Optional.of(flight);
      }
      Duration pause =
          snapshot == null && refresh.pause().compareTo(FIRST_PAUSE) > 0
              ? FIRST_PAUSE
              : refresh.pause();
      if (lastAttempt != null && !elapsed(lastAttempt, pause)) {
        return Optional.empty();
      }
      lastAttempt = clock.instant();
      CompletableFuture<Void> begun = new CompletableFuture<>();
      flight = begun;
      Thread.ofVirtual().name("keys").start(() -> run(begun));
      return Optional.of(begun);
    } finally {
      lock.unlock();
    }
  }

  private void run(CompletableFuture<Void> begun) {
    Instant startedAt = clock.instant();
    try {
      JsonWebKeys keys = source.read();
      landed(new Snapshot(keys, startedAt), null);
    } catch (FetchException e) {
      landed(snapshot, e.getMessage());
    } catch (RuntimeException e) {
      landed(snapshot, "its keys could not be read");
    } finally {
      begun.complete(null);
    }
  }

  private void landed(@Nullable Snapshot keys, @Nullable String failure) {
    lock.lock();
    try {
      snapshot = keys;
      problem = failure;
      flight = null;
    } finally {
      lock.unlock();
    }
  }

  private void awaitAsOneOfFew(CompletableFuture<Void> flight) {
    if (waiting.tryAcquire()) {
      try {
        await(flight, refresh.timeout().multipliedBy(2));
      } finally {
        waiting.release();
      }
    }
  }

  private static void await(CompletableFuture<Void> flight, Duration longest) {
    try {
      flight.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The caller goes on with what is known.
    } catch (ExecutionException e) {
      throw new IllegalStateException("a flight never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
