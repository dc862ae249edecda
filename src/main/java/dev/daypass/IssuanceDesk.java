package dev.daypass;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.issuance.CertificateIssuance;
import dev.daypass.issuance.CertificateRequest;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.issuance.KeyAbsence;
import dev.daypass.issuance.RequestContext;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.metrics.IssuanceMeters;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.api.CertificateDesk;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Hands the web's requests to issuance, once the entries that every grant stands on are written,
 * and while the CA key signs.
 *
 * @param open whether those entries are written
 */
record IssuanceDesk(
    CertificateIssuance issuance, BooleanSupplier open, KeyAbsence absence, IssuanceMeters meters)
    implements CertificateDesk {
  @Override
  public IssuanceOutcome issue(
      Identity identity, CertificateRequest request, RequestContext context) {
    long start = System.nanoTime();
    IssuanceOutcome outcome = decide(identity, request, context);
    meters.decided(request.wish().role(), outcome, start);
    return outcome;
  }

  private IssuanceOutcome decide(
      Identity identity, CertificateRequest request, RequestContext context) {
    if (!open.getAsBoolean()) {
      return unavailable("The ledger has not taken the first entries of this start; see /readyz.");
    }
    if (!absence.mayTry()) {
      return unavailable("The CA key did not sign a moment ago.");
    }
    IssuanceOutcome outcome = issuance.issue(identity, request, context);
    absence.learn(outcome);
    return outcome;
  }

  private static IssuanceOutcome unavailable(String why) {
    return new IssuanceOutcome.Unavailable(why, Optional.empty());
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
