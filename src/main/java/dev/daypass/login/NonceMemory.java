package dev.daypass.login;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The nonces that were accepted in the last 120 s, by the key that used them (DESIGN section 4,
 * Requests: "(key, n) accepted once").
 *
 * <p>It forgets by a clock that never steps. Should the clock of the day be set back, a request
 * whose nonce is forgotten would be timely once more: so the newest time among those that were
 * forgotten is kept, and nothing is new that was not signed after it.
 *
 * <p>Only 64 bits of a hash of both are kept: two that collide cost one refusal in 10^12, and
 * nobody can aim at another's nonce. Split into shards, each under its own lock and without I/O.
 */
final class NonceMemory {
  /** What a nonce is to the memory. */
  enum Novelty {
    NEW,
    SEEN,
    /** As old as what was forgotten: it may have been accepted before. */
    FORGOTTEN,
    /** Not remembered, for want of room: it must not be accepted. */
    FULL
  }

  private static final int SHARDS = 64;

  /** At most 4 million nonces, about 100 MB: 25,000 requests a second. */
  private static final int MAX_PER_SHARD = 1 << 16;

  /** Whole generations are forgotten; the oldest may be three generations old: 120 s. */
  private static final int GENERATIONS = 4;

  private static final long GENERATION_NANOS = Duration.ofSeconds(40).toNanos();

  private final LongSupplier nanoTime;
  private final Shard[] shards = new Shard[SHARDS];

  NonceMemory(LongSupplier nanoTime) {
    this(nanoTime, MAX_PER_SHARD);
  }

  NonceMemory(LongSupplier nanoTime, int maxPerShard) {
    this.nanoTime = nanoTime;
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard(nanoTime.getAsLong(), maxPerShard);
    }
  }

  /**
   * Remembers a nonce; of any number of threads exactly one is told that it is new.
   *
   * @param time when the request was signed, in seconds since 1970, as it says itself: a replay
   *     cannot say otherwise
   */
  Novelty remember(SshPublicKey key, String nonce, long time) {
    byte[] hash = key.blob().concat(Bytes.ofUtf8(nonce)).sha256().toArray();
    long value = ByteBuffer.wrap(hash).getLong();
    return shards[(int) (value & (SHARDS - 1))].remember(value, time, nanoTime.getAsLong());
  }

  private static final class Shard {
    /** The newest first; guarded by {@code this}. */
    private final Generation[] generations = new Generation[GENERATIONS];

    private final int maxSize;

    /** When the newest generation began; guarded by {@code this}. */
    private long began;

    /** The newest time of a request whose nonce was forgotten; guarded by {@code this}. */
    private long forgotten = Long.MIN_VALUE;

    Shard(long now, int maxSize) {
      this.began = now;
      this.maxSize = maxSize;
      for (int i = 0; i < GENERATIONS; i++) {
        generations[i] = new Generation();
      }
    }

    synchronized Novelty remember(long value, long time, long now) {
      forget(now);
      int size = 0;
      for (Generation generation : generations) {
        if (generation.values.contains(value)) {
          return Novelty.SEEN;
        }
        size += generation.values.size();
      }
      if (time <= forgotten) {
        return Novelty.FORGOTTEN;
      }
      if (size >= maxSize) {
        return Novelty.FULL;
      }
      generations[0].add(value, time);
      return Novelty.NEW;
    }

    private void forget(long now) {
      for (int i = 0; i < GENERATIONS && now - began >= GENERATION_NANOS; i++) {
        forgotten = Math.max(forgotten, generations[GENERATIONS - 1].newest);
        System.arraycopy(generations, 0, generations, 1, GENERATIONS - 1);
        generations[0] = new Generation();
        began += GENERATION_NANOS;
      }
      if (now - began >= GENERATION_NANOS) {
        began = now;
      }
    }
  }

  /** The nonces of 40 s; guarded by its shard. */
  private static final class Generation {
    private final LongSet values = new LongSet();
    private long newest = Long.MIN_VALUE;

    void add(long value, long time) {
      values.add(value);
      newest = Math.max(newest, time);
    }
  }
}
