package dev.daypass.web;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each address that fails without being known. Only failures are charged and
 * only failures are answered differently once the bucket is empty, so a broken or hostile neighbour
 * behind the same address translator cannot keep anybody with a good token out.
 *
 * <p>Memory is bounded: the address that was quiet longest is forgotten first.
 */
final class NoiseLimiter {
  private static final int SHARDS = 16;
  private static final int ADDRESSES_PER_SHARD = 1024;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Shard[] shards = new Shard[SHARDS];
  private final long burst;
  private final LongSupplier nanoTime;

  NoiseLimiter(int failuresPerMinute, LongSupplier nanoTime) {
    this.burst = failuresPerMinute;
    this.nanoTime = nanoTime;
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard();
    }
  }

  /**
   * Charges one failure.
   *
   * @return whether the address had used up what it may fail
   */
  boolean exhaustedBy(InetAddress address) {
    long group = AddressGroup.of(address);
    long now = nanoTime.getAsLong();
    long cost = MINUTE_NANOS / burst;
    Shard shard = shards[(int) (mixed(group) >>> 60)];
    synchronized (shard) {
      // The time at which the bucket will be full again says how empty it is (GCRA).
      Long full = shard.get(group);
      long fullAt = full == null || full - now < 0 ? now : full;
      if (fullAt + cost - now > MINUTE_NANOS) {
        return true;
      }
      shard.put(group, fullAt + cost);
      return false;
    }
  }

  int addresses() {
    int known = 0;
    for (Shard shard : shards) {
      synchronized (shard) {
        known += shard.size();
      }
    }
    return known;
  }

  /** Spreads neighbouring addresses over the shards (Fibonacci hashing). */
  private static long mixed(long group) {
    return (group ^ (group >>> 32)) * 0x9e37_79b9_7f4a_7c15L;
  }

  /** Address group to the nanosecond at which its bucket is full; guarded by itself. */
  private static final class Shard extends LinkedHashMap<Long, Long> {
    private static final long serialVersionUID = 1L;

    Shard() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
      return size() > ADDRESSES_PER_SHARD;
    }
  }
}
