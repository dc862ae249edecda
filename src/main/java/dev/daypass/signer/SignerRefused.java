package dev.daypass.signer;

/** A signer's answer that it will not sign, and why; nothing was signed. */
public final class SignerRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final String detail;

  public SignerRefused(Reason reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
    this.detail = detail;
  }

  public SignerRefused(Reason reason, String detail, Throwable cause) {
    super(reason + ": " + detail, cause);
    this.reason = reason;
    this.detail = detail;
  }

  /** Which rule refused. */
  public Reason reason() {
    return reason;
  }

  /** What of it was refused; for logs. */
  public String detail() {
    return detail;
  }

  /** The closed list of a signer's refusals. */
  public enum Reason {
    /** The checkpoint is of another ledger. */
    OTHER_ORIGIN,
    /** The checkpoint is older than the head: the store was rolled back. */
    BEHIND_HEAD,
    /** The checkpoint does not continue the head's tree. */
    NOT_CONSISTENT,
    /** The head could not be made durable; this signer signs nothing more until it is restarted. */
    HEAD_NOT_DURABLE,
    /** The certificate names a CA key that is not here for its type. */
    OTHER_CA_KEY,
    /** The checkpoint is asked for by a ledger key that is not here. */
    OTHER_LEDGER_KEY,
    /** The serial is not the entry's index. */
    SERIAL_IS_NOT_INDEX,
    /** The proof leads to a tree head that this signer does not remember having signed. */
    UNKNOWN_CHECKPOINT,
    /** The entry is not in that tree at that index. */
    NOT_INCLUDED,
    /** The entry is not the grant of this certificate. */
    NOT_ITS_ENTRY,
    /** The index is older than what may still be signed. */
    INDEX_NOT_OPEN,
    /** A certificate was signed for this index before. */
    ALREADY_SIGNED,
    /** The certificate is malformed or beyond the key's limits. */
    NOT_WELL_FORMED,
    /** The key did not sign, or its signature does not verify. */
    KEY_FAILED,
    /** The key has signed as often in this minute as it may. */
    TOO_MANY,
    /** What was asked is no request that this signer knows, or not in its one form. */
    MALFORMED,
    /** The signer's process cannot be reached, or did not answer. */
    UNAVAILABLE;

    /**
     * Whether ledger and signer contradict each other, or the signer is broken: the daemon must
     * stop signing rather than carry on with the next request (DESIGN section 6, Order). All else
     * may be well in a moment.
     */
    public boolean stopsTheLedger() {
      return switch (this) {
        case OTHER_ORIGIN, BEHIND_HEAD, NOT_CONSISTENT, HEAD_NOT_DURABLE -> true;
        case OTHER_CA_KEY,
            OTHER_LEDGER_KEY,
            SERIAL_IS_NOT_INDEX,
            UNKNOWN_CHECKPOINT,
            NOT_INCLUDED,
            NOT_ITS_ENTRY,
            INDEX_NOT_OPEN,
            ALREADY_SIGNED,
            NOT_WELL_FORMED,
            KEY_FAILED,
            TOO_MANY,
            MALFORMED,
            UNAVAILABLE ->
            false;
      };
    }
  }
}
