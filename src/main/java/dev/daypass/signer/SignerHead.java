package dev.daypass.signer;

import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;

/**
 * The tree head that a signer has bound itself to: it never signs another tree of that origin.
 *
 * @param origin the only ledger that this signer's keys belong to (DESIGN section 3)
 */
public record SignerHead(String origin, TreeSize size, Hash root) {
  /** The head of a signer that has signed nothing yet. */
  public static SignerHead ofNewLedger(String origin) {
    return new SignerHead(origin, new TreeSize(0), Hash.EMPTY_ROOT);
  }
}
