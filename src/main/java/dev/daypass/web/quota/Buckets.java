package dev.daypass.web.quota;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each of many keys, such as addresses or identities, kept as the time at which
 * it will be full again (the generic cell rate algorithm, ITU-T I.371 annex A).
 *
 * <p>Memory is bounded: the key that was quiet longest is forgotten first. Whoever makes up keys
 * thereby frees the buckets of others, never fills them.
 *
 * @param <K> equal for what shares a bucket
 */
public final class Buckets<K> {
  private static final int SHARDS = 16;
  private static final int KEYS_PER_SHARD = 1024;

  private final Shard<K>[] shards;
  private final long cost;
  private final long capacity;
  private final LongSupplier nanoTime;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic class
  public Buckets(Quota quota, LongSupplier nanoTime) {
    this.cost = quota.nanosEach();
    this.capacity = cost * quota.count();
    this.nanoTime = nanoTime;
    this.shards = new Shard[SHARDS];
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard<>();
    }
  }

  /**
   * Takes one from the key's bucket, if it has one.
   *
   * @return 0, or the nanoseconds until it has one; then nothing was taken
   */
  public long take(K key) {
    long now = nanoTime.getAsLong();
    Shard<K> shard = shards[(key.hashCode() * 0x9e37_79b9) >>> 28]; // Fibonacci hashing
    synchronized (shard) {
      Long full = shard.get(key);
      long fullAt = full == null || full - now < 0 ? now : full;
      long wait = fullAt + cost - now - capacity;
      if (wait > 0) {
        return wait;
      }
      shard.put(key, fullAt + cost);
      return 0;
    }
  }

  /** How many keys are remembered. */
  public int keys() {
    int known = 0;
    for (Shard<K> shard : shards) {
      synchronized (shard) {
        known += shard.size();
      }
    }
    return known;
  }

  /** Key to the nanosecond at which its bucket is full; guarded by itself. */
  private static final class Shard<K> extends LinkedHashMap<K, Long> {
    private static final long serialVersionUID = 1L;

    Shard() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
      return size() > KEYS_PER_SHARD;
    }
  }
}
