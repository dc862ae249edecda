package dev.daypass.web.audit;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.privacy.ErasureOutcome;
import dev.daypass.tlog.EntryNumber;

/** Takes away the details of an entry, for operators. The root implements it. */
@FunctionalInterface
public interface ErasureDesk {
  ErasureOutcome erase(EntryNumber number, Identity operator, String reason);
}
