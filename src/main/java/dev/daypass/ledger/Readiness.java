package dev.daypass.ledger;

import java.util.Optional;

/**
 * What {@code /readyz} says about the ledger.
 *
 * @param stopped why no entry is taken, empty if all is well
 * @param rollbackProtected whether an outside memory knew the ledger's head at the start; without
 *     one a restored backup cannot be told from the real store
 */
public record Readiness(Optional<StopCause> stopped, boolean rollbackProtected) {
  public boolean ready() {
    return stopped.isEmpty();
  }

  /** {@code protected} or {@code unprotected}, as DESIGN, section 6, has it. */
  public String rollback() {
    return rollbackProtected ? "protected" : "unprotected";
  }
}
