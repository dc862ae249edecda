package dev.daypass.ledger.witness;

import dev.daypass.tlog.TreeSize;

/** What a witness answers to {@code add-checkpoint}. */
public sealed interface WitnessAnswer {
  /** The signature lines. */
  record Cosigned(String lines) implements WitnessAnswer {}

  /** The old size is not that of what was cosigned last, which is this. */
  record Conflict(TreeSize latest) implements WitnessAnswer {}

  /** Not cosigned. */
  record Refused(Why why) implements WitnessAnswer {}

  /** C2SP tlog-witness, section add-checkpoint, in the order of its statuses. */
  enum Why {
    /** 400: not of the form, or the old size is larger than the checkpoint's. */
    MALFORMED,
    /** 403: no good signature of a key that we trust for that origin. */
    NOT_SIGNED,
    /** 404: an origin that we do not witness. */
    UNKNOWN_LOG,
    /** 422: not a continuation of what we cosigned. */
    INCONSISTENT,
    /** 503: it could not be remembered. */
    UNAVAILABLE
  }
}
