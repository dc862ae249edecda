package dev.daypass.ledger;

/** Ends the process; given by the root. It is called once, after waiting callers were refused. */
@FunctionalInterface
public interface Fatal {
  void stop(StopCause why, Throwable cause);
}
