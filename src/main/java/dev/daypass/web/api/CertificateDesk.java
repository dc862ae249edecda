package dev.daypass.web.api;

import dev.daypass.identity.Identity;
import dev.daypass.issuance.CertificateRequest;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.issuance.RequestContext;
import dev.daypass.web.asker.RefusalBook;

/** Where certificates are asked for: {@link dev.daypass.issuance.CertificateIssuance}. */
public interface CertificateDesk extends RefusalBook {
  IssuanceOutcome issue(Identity identity, CertificateRequest request, RequestContext context);
}
