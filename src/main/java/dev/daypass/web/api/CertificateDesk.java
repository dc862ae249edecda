package dev.daypass.web.api;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.issuance.CertificateRequest;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.issuance.RequestContext;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/** Where certificates are asked for: {@link dev.daypass.issuance.CertificateIssuance}. */
public interface CertificateDesk {
  IssuanceOutcome issue(Identity identity, CertificateRequest request, RequestContext context);

  /** Writes down a refusal of a known identity that happened before the desk. */
  Optional<EntryNumber> recordRefusal(Identity identity, Asker asker, Reason reason);

  /** The same of somebody whom a good token names, and who is not admitted. */
  Optional<EntryNumber> recordRefusal(IdentityId id, Asker asker, Reason reason);
}
