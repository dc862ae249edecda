package dev.daypass;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.issuance.Asker;
import dev.daypass.issuance.CertificateIssuance;
import dev.daypass.issuance.CertificateRequest;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.issuance.Reason;
import dev.daypass.issuance.RequestContext;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.api.CertificateDesk;
import java.util.Optional;

/** Hands the web's requests to issuance. */
record IssuanceDesk(CertificateIssuance issuance) implements CertificateDesk {
  @Override
  public IssuanceOutcome issue(
      Identity identity, CertificateRequest request, RequestContext context) {
    return issuance.issue(identity, request, context);
  }

  @Override
  public Optional<EntryNumber> recordRefusal(Identity identity, Asker asker, Reason reason) {
    return issuance.recordRefusal(identity, asker, reason);
  }

  @Override
  public Optional<EntryNumber> recordRefusal(IdentityId id, Asker asker, Reason reason) {
    return issuance.recordRefusal(id, asker, reason);
  }
}
