package dev.daypass.policy.role;

import com.google.re2j.Pattern;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.refusal.RefusalReason;
import java.util.Optional;

/** Whether a request must say why (DESIGN section 5, {@code reason}). */
public sealed interface ReasonRule {

  /** A reason may be given. */
  record NotNeeded() implements ReasonRule {}

  /** Any reason will do. */
  record Required() implements ReasonRule {}

  /** Required, and the expression must match the whole of it; RE2, so in linear time. */
  record Matching(Pattern pattern) implements ReasonRule {}

  default Optional<RefusalReason> refusal(Optional<String> reason) {
    if (this instanceof NotNeeded) {
      return Optional.empty();
    }
    if (reason.isEmpty() || reason.get().isBlank()) {
      return Optional.of(
          new RefusalReason(
              RefusalCode.REASON_REQUIRED,
              "This role asks for a reason.",
              "Say why you need it: --reason \"…\"."));
    }
    if (this instanceof Matching(Pattern pattern) && !pattern.matcher(reason.get()).matches()) {
      return Optional.of(
          new RefusalReason(
              RefusalCode.REASON_NOT_ACCEPTED,
              "The reason does not have the form that this role asks for.",
              "Give a reason that matches " + pattern + " as a whole."));
    }
    return Optional.empty();
  }
}
