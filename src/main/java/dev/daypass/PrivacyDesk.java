package dev.daypass;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.privacy.ErasureOutcome;
import dev.daypass.ledger.privacy.Erasures;
import dev.daypass.ledger.privacy.Retention;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.audit.ErasureDesk;

/** Takes away details: on request, and by age. */
record PrivacyDesk(Erasures erasures, Retention retention) implements ErasureDesk {
  static PrivacyDesk of(Foundation base) {
    EntryBrowser browser = new EntryBrowser(base.stores().ledger(), base.ledger()::size);
    return new PrivacyDesk(
        new Erasures(base.ledger(), browser, base.stores().people(), base.clock()),
        new Retention(
            base.ledger(),
            base.stores().ledger(),
            browser,
            base.config().ledger().retention(),
            base.clock()));
  }

  @Override
  public ErasureOutcome erase(EntryNumber number, Identity operator, String reason) {
    return erasures.entry(number, operator.username().text(), reason);
  }
}
