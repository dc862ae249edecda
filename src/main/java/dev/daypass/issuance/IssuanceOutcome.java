package dev.daypass.issuance;

import dev.daypass.cert.Certificate;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.policy.Decision;
import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.Optional;

/** What became of a certificate request. Only {@link Issued} carries a signature. */
public sealed interface IssuanceOutcome {

  /** The certificate, signed after its entry was durable, and the receipt of that entry. */
  record Issued(Certificate certificate, Receipt receipt, Decision.Granted decision)
      implements IssuanceOutcome {}

  /**
   * No certificate, and why: every reason that applies, the first one leading.
   *
   * @param entry where the refusal stands in the ledger; absent once the hour's budget is spent
   */
  record Refused(RefusalKind kind, List<Reason> reasons, Optional<EntryNumber> entry)
      implements IssuanceOutcome {
    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a refusal without a reason");
      }
    }
  }

  /** Policy would grant it once somebody approves. */
  record NeedsApproval(String grant) implements IssuanceOutcome {}

  /** The same idempotency key was granted before this process started (DESIGN section 7). */
  record AlreadyGranted(EntryNumber entry) implements IssuanceOutcome {}

  /**
   * An operator has stopped issuance.
   *
   * @param why the operator's reason
   * @param entry of the grant, if it was written before that was seen
   */
  record Frozen(String why, Optional<EntryNumber> entry) implements IssuanceOutcome {}

  /**
   * The role wants its proofs witnessed, and too few witnesses have cosigned in time.
   *
   * @param entry of the grant, if one was written
   */
  record Unwitnessed(Optional<EntryNumber> entry) implements IssuanceOutcome {}

  /** The ledger or the signer cannot serve now; nothing was released. */
  record Unavailable(String detail, Optional<EntryNumber> entry) implements IssuanceOutcome {}
}
