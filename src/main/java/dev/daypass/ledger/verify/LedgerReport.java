package dev.daypass.ledger.verify;

import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.util.List;

/**
 * What a verification of the whole ledger found.
 *
 * @param root the root that was computed from the entries
 * @param details what became of the details
 * @param grants what became of the grants
 * @param signed the largest size for which a good checkpoint vouches; entries from there on are
 *     only in the store
 * @param faults at most {@link LedgerVerifier#MAX_FAULTS}; none means that the ledger is good
 */
public record LedgerReport(
    TreeSize size,
    Hash root,
    DetailCount details,
    GrantCount grants,
    TreeSize signed,
    List<LedgerFault> faults) {
  /**
   * How many details there are, and where the others are.
   *
   * @param withheld whether this source has none at all
   * @param erased by a later entry, and can no more be compared
   * @param lost with what a recovery could not bring back, as a later entry says
   */
  public record DetailCount(boolean withheld, long compared, long erased, long lost) {}

  /**
   * How many grants there are.
   *
   * @param all grants of certificates, to users and servers
   * @param rebuilt those whose bytes were made again and are what was committed to
   * @param judged those that were held against the policy in force then
   */
  public record GrantCount(long all, long rebuilt, long judged) {}

  public LedgerReport {
    faults = List.copyOf(faults);
  }

  public boolean good() {
    return faults.isEmpty();
  }

  /** Entries whose details were erased by a later entry. */
  public long erased() {
    return details.erased();
  }

  /** Certificates whose bytes were made again and are what was committed to. */
  public long rebuilt() {
    return grants.rebuilt();
  }
}
