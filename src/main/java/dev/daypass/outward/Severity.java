package dev.daypass.outward;

/** How much an event wants to be looked at. */
public enum Severity {
  /** What happens all day. */
  INFORMATIONAL,
  /** Somebody was told no, or something changed that few change. */
  LOW,
  /** Somebody should look at it when there is time. */
  MEDIUM,
  /** Somebody should look at it now. */
  HIGH,
  /** Somebody should be woken for it. */
  CRITICAL
}
