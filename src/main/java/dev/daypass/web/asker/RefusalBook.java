package dev.daypass.web.asker;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/** Where refusals of known identities are written down, within their budget (DESIGN section 6). */
public interface RefusalBook {
  /** A refusal of a known identity. */
  Optional<EntryNumber> recordRefusal(Identity identity, Asker asker, Reason reason);

  /** The same of somebody whom a good token names, and who is not admitted. */
  Optional<EntryNumber> recordRefusal(IdentityId id, Asker asker, Reason reason);
}
