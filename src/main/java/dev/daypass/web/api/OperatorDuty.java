package dev.daypass.web.api;

import dev.daypass.identity.Identity;

/** Whether policy gives somebody the duty {@code operator} now (DESIGN section 5). */
@FunctionalInterface
public interface OperatorDuty {
  boolean isOperator(Identity identity);
}
