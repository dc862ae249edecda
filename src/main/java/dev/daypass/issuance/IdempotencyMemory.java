package dev.daypass.issuance;

import dev.daypass.ssh.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the last 10 minutes by idempotency key (DESIGN section 7), so that a client that
 * lost an answer gets the same one, and two parallel requests become one certificate.
 */
final class IdempotencyMemory {
  private static final Duration KEPT = Duration.ofMinutes(10);

  /**
   * Beyond this the oldest answer is forgotten; the ledger still knows that it was granted. A large
   * answer has some 15 kB, and one identity may ask for all of them.
   */
  private static final int MAX_ANSWERS = 4_000;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}; oldest first. */
  private final Map<IdempotencyKey, Answer> answers = new LinkedHashMap<>();

  IdempotencyMemory(InstantSource clock) {
    this.clock = clock;
  }

  /** What a key stands for: an answer, another request, or nothing yet. */
  sealed interface Claim {
    /** The same request was answered before, or is being answered now. */
    record Known(IssuanceOutcome outcome) implements Claim {}

    /** The key was used with another body. */
    record OtherBody() implements Claim {}

    /** The caller answers it, and must call {@link #answer} whatever happens. */
    record Mine(IdempotencyMemory memory, IdempotencyKey key, Answer slot) implements Claim {
      /** Tells all who wait; empty, or "unavailable", is not kept: the client may try again. */
      void answer(Optional<IssuanceOutcome> outcome) {
        memory.settle(key, slot, outcome);
      }
    }
  }

  record Answer(Bytes bodyHash, Instant claimedAt, CompletableFuture<IssuanceOutcome> outcome) {}

  /** Claims the key, or waits for the answer of whoever claimed it before. */
  Claim claim(IdempotencyKey key, Bytes bodyHash) {
    Answer mine = new Answer(bodyHash, clock.instant(), new CompletableFuture<>());
    Answer earlier = claimSlot(key, mine);
    if (earlier == null) {
      return new Claim.Mine(this, key, mine);
    }
    if (!earlier.bodyHash().equals(bodyHash)) {
      return new Claim.OtherBody();
    }
    return new Claim.Known(earlier.outcome().join());
  }

  private @Nullable Answer claimSlot(IdempotencyKey key, Answer mine) {
    lock.lock();
    try {
      forgetOld(mine.claimedAt());
      return answers.putIfAbsent(key, mine);
    } finally {
      lock.unlock();
    }
  }

  /** What may be another answer a moment later is none. */
  private static boolean isAnswer(IssuanceOutcome outcome) {
    return !(outcome instanceof IssuanceOutcome.Unavailable
        || outcome instanceof IssuanceOutcome.Unwitnessed
        || outcome instanceof IssuanceOutcome.Frozen);
  }

  private void settle(IdempotencyKey key, Answer slot, Optional<IssuanceOutcome> outcome) {
    boolean keep = outcome.filter(IdempotencyMemory::isAnswer).isPresent();
    if (!keep) {
      lock.lock();
      try {
        answers.remove(key, slot);
      } finally {
        lock.unlock();
      }
    }
    slot.outcome().complete(outcome.orElseGet(Refusals::unanswered));
  }

  /** Caller holds {@link #lock}. */
  private void forgetOld(Instant now) {
    var oldest = answers.values().iterator();
    while (oldest.hasNext()) {
      Answer answer = oldest.next();
      boolean expired = answer.claimedAt().plus(KEPT).isBefore(now);
      if (!answer.outcome().isDone() || !(expired || answers.size() > MAX_ANSWERS)) {
        return;
      }
      oldest.remove();
    }
  }
}
