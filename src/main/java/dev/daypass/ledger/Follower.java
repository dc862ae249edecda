package dev.daypass.ledger;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.tlog.EntryNumber;

/**
 * Hears of each entry in the order of their numbers, when it is durable and signed for and before
 * its writer does. It is called on the sequencer's thread, for which everybody waits: it must be
 * quick, must not append, and must not throw.
 */
@FunctionalInterface
public interface Follower {
  /**
   * An entry was written.
   *
   * @param details as they were drafted, without their salt
   */
  void written(EntryNumber number, Entry entry, JsonObject details);
}
