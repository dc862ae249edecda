package dev.daypass;

import dev.daypass.ledger.StopCause;

/** Ends the process. Only the root knows how; tests watch that it was asked. */
@FunctionalInterface
public interface Exit {
  /** A commit or a sync whose outcome is in doubt: only a new start can tell what is durable. */
  void afterDoubtfulCommit(StopCause why, Throwable cause);
}
