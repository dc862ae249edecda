package dev.daypass.outward;

import java.io.IOException;
import java.util.List;

/**
 * A place off this ledger that hears of what was written. For one thread, but {@link #close}, which
 * ends what is under way.
 *
 * @param <T> what it takes
 */
public interface OutwardTarget<T> extends AutoCloseable {
  /** How operators know it; without secrets. Two targets may have the same. */
  String name();

  /** What its position is kept by, of no other target; never shown. */
  default String positionKey() {
    return name();
  }

  /** How many it takes at once: what is sent again after a failure. */
  int batch();

  /**
   * Returns when the target has all of them, in this order. After an exception it may have some,
   * and is sent all of them again.
   *
   * @throws SendLater if the target itself says when to try again
   */
  void send(List<T> batch) throws IOException;

  @Override
  void close() throws IOException;
}
