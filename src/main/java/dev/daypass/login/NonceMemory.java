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
 * <p>Only 64 bits of a hash of both are kept: two that collide cost one refusal in 10^12, and
 * nobody can aim at another's nonce. Split into shards, each under its own lock and without I/O.
 */
final class NonceMemory {
  /** What a nonce is to the memory. */
  enum Novelty {
    NEW,
    SEEN,
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

  /** Remembers a nonce; of any number of threads exactly one is told that it is new. */
  Novelty remember(SshPublicKey key, String nonce) {
    byte[] hash = key.blob().concat(Bytes.ofUtf8(nonce)).sha256().toArray();
    long value = ByteBuffer.wrap(hash).getLong();
    return shards[(int) (value & (SHARDS - 1))].remember(value, nanoTime.getAsLong());
  }

  private static final class Shard {
    /** The newest first; guarded by {@code this}. */
    private final LongSet[] generations = new LongSet[GENERATIONS];

    private final int maxSize;

    /** When the newest generation began; guarded by {@code this}. */
    private long began;

    Shard(long now, int maxSize) {
      this.began = now;
      this.maxSize = maxSize;
      for (int i = 0; i < GENERATIONS; i++) {
        generations[i] = new LongSet();
      }
    }

    synchronized Novelty remember(long value, long now) {
      forget(now);
      int size = 0;
      for (LongSet generation : generations) {
        if (generation.contains(value)) {
          return Novelty.SEEN;
        }
        size += generation.size();
      }
      if (size >= maxSize) {
        return Novelty.FULL;
      }
      generations[0].add(value);
      return Novelty.NEW;
    }

    private void forget(long now) {
      for (int i = 0; i < GENERATIONS && now - began >= GENERATION_NANOS; i++) {
        System.arraycopy(generations, 0, generations, 1, GENERATIONS - 1);
        generations[0] = new LongSet();
        began += GENERATION_NANOS;
      }
      if (now - began >= GENERATION_NANOS) {
        began = now;
      }
    }
  }
}
