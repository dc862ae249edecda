package dev.daypass.fleet;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which version a map of principals gets: the ledger's size, so that it rises. While a change that
 * maps must say is written down and not in force yet, none that the change's own maps could have: a
 * server that was given the old content would else never hear of the new one.
 */
public final class MapVersions {
  private final LongSupplier size;

  /** Guarded by this: the ledger's size when the change began, so at most its entry's number. */
  private final Map<Object, Long> underWay = new HashMap<>();

  /**
   * @param size of the ledger, now
   */
  public MapVersions(LongSupplier size) {
    this.size = size;
  }

  /** Before the change's entry is written; a change that goes on is as old as it was. */
  public synchronized void begin(Object change) {
    begin(change, size.getAsLong());
  }

  /**
   * The same of a change that was begun before this process.
   *
   * @param entry its entry's number, or at most that
   */
  public synchronized void begin(Object change, long entry) {
    underWay.merge(change, entry, Math::min);
  }

  /** It is in force. */
  public synchronized void end(Object change) {
    underWay.remove(change);
  }

  /** To be asked before what the map is made of. */
  public synchronized long current() {
    long now = size.getAsLong();
    return underWay.values().stream().mapToLong(Long::longValue).reduce(now, Math::min);
  }
}
