package dev.daypass.issuance;

import dev.daypass.ledger.refusal.Reason;
import dev.daypass.policy.Decision;
import dev.daypass.policy.refusal.RefusalReason;
import java.util.List;

/** A request that ends before its entry is written: the reasons, for the asker and the ledger. */
final class RequestRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final RefusalKind kind;
  private final transient List<Reason> reasons;

  private RequestRefused(RefusalKind kind, List<Reason> reasons) {
    super(reasons.getFirst().code());
    this.kind = kind;
    this.reasons = List.copyOf(reasons);
  }

  static RequestRefused malformed(Reason reason) {
    return new RequestRefused(RefusalKind.MALFORMED, List.of(reason));
  }

  static RequestRefused forbidden(Reason reason) {
    return new RequestRefused(RefusalKind.FORBIDDEN, List.of(reason));
  }

  static RequestRefused otherBody() {
    return new RequestRefused(RefusalKind.IDEMPOTENCY_MISMATCH, List.of(Refusals.OTHER_BODY));
  }

  static RequestRefused by(Decision.Refused refused) {
    return new RequestRefused(
        refused.malformed() ? RefusalKind.MALFORMED : RefusalKind.FORBIDDEN,
        refused.reasons().stream().map(RequestRefused::reason).toList());
  }

  RefusalKind kind() {
    return kind;
  }

  List<Reason> reasons() {
    return reasons;
  }

  private static Reason reason(RefusalReason reason) {
    return new Reason(reason.code().text(), reason.detail(), reason.remedy());
  }
}
