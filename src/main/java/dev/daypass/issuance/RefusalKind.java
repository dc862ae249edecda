package dev.daypass.issuance;

/** Why a refusal is one: what the asker has to change. */
public enum RefusalKind {
  /** The request itself is wrong; nobody could be granted it. */
  MALFORMED,
  /** The request is well-formed, and this identity may not have it. */
  FORBIDDEN,
  /** The idempotency key was used with another body. */
  IDEMPOTENCY_MISMATCH
}
