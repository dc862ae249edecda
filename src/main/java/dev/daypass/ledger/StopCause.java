package dev.daypass.ledger;

/** Why the ledger takes no entry at the moment, or ever again in this process. */
public enum StopCause {
  /** The bounded queue is full: ask again in a moment. */
  OVERLOADED,
  /** The volume is full and nothing was written; it resumes when a probe write syncs. */
  STORE_FULL,
  /** The signer is away or its key is; it resumes when the newest tree has been signed for. */
  SIGNER,
  /** The clock jumped, or is behind the newest entry (DESIGN, section 6, "Clock"). */
  CLOCK,
  /** The store has fewer entries than the signer's head: a backup was restored. Never signs. */
  STORE_BEHIND,
  /** The store has another root at the size of the signer's head. Never signs. */
  STORE_DIVERGED,
  /** A commit or sync whose outcome is doubtful: the process is about to end. */
  FAILED,
  /** The ledger was closed in order. */
  CLOSED
}
