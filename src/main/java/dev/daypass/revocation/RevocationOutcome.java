package dev.daypass.revocation;

import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/** What became of a revocation. */
public sealed interface RevocationOutcome {
  /**
   * It is written down; servers learn of it with the next list.
   *
   * @param entry the first of its entries; a login's end writes its own
   * @param certificates that were alive and are not any more
   * @param logins that ended with it
   */
  record Done(Optional<EntryNumber> entry, int certificates, int logins)
      implements RevocationOutcome {}

  /** Nothing was revoked; or not all, if {@code fault} is {@link Fault#UNAVAILABLE}. */
  record Refused(Fault fault, String detail, String remedy) implements RevocationOutcome {}

  /** Why not. */
  enum Fault {
    /** There is no such thing, or nothing of it is alive. */
    UNKNOWN,
    /** It is another's, and who asks is no operator. */
    NOT_YOURS,
    /** CA keys are revoked on the CA's own machine only (CASES 64). */
    LOCAL_ONLY,
    /** The reason is missing or too long. */
    REASON,
    /** The ledger or the store does not take it now. */
    UNAVAILABLE
  }
}
