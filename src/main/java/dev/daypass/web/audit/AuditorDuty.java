package dev.daypass.web.audit;

import dev.daypass.identity.Identity;

/** Whether policy gives somebody the duty {@code auditor} now (DESIGN section 5). */
@FunctionalInterface
public interface AuditorDuty {
  boolean isAuditor(Identity identity);
}
