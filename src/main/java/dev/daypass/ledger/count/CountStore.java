package dev.daypass.ledger.count;

import dev.daypass.ledger.store.StoreFailed;
import java.time.LocalDate;

/** Where counts are kept, beside the ledger. One thread counts, any number read. */
public interface CountStore {
  /** Every entry below that number is counted, and none from there on. */
  long counted() throws StoreFailed;

  /**
   * Counts the entries from {@link #counted} on and before that number; durable on return, as a
   * whole or not at all.
   */
  void count(long before) throws StoreFailed;

  /**
   * What these days brought, both included, up to that entry.
   *
   * @param before entries from there on are left out, unless they are counted already
   * @param most how many are counted on the spot, if they are not yet; where there are more, they
   *     are missing
   */
  Counts of(LocalDate first, LocalDate last, long before, int most) throws StoreFailed;
}
