package dev.daypass.ledger.verify;

import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/** Something in the ledger that is not as it must be; with the entry, if it is about one. */
public record LedgerFault(Optional<EntryNumber> number, String problem) {
  static LedgerFault of(long number, String problem) {
    return new LedgerFault(Optional.of(new EntryNumber(number)), problem);
  }

  static LedgerFault ofLedger(String problem) {
    return new LedgerFault(Optional.empty(), problem);
  }
}
