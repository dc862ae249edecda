package dev.daypass.ledger.verify;

import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.util.List;

/**
 * What a verification of the whole ledger found.
 *
 * @param root the root that was computed from the entries
 * @param erased entries whose details were erased by a later entry, and can no more be compared
 * @param rebuilt certificates whose bytes were made again and are what was committed to
 * @param signed the largest size for which a good checkpoint vouches; entries from there on are
 *     only in the store
 * @param faults at most {@link LedgerVerifier#MAX_FAULTS}; none means that the ledger is good
 */
public record LedgerReport(
    TreeSize size,
    Hash root,
    long erased,
    long rebuilt,
    TreeSize signed,
    List<LedgerFault> faults) {
  public LedgerReport {
    faults = List.copyOf(faults);
  }

  public boolean good() {
    return faults.isEmpty();
  }
}
