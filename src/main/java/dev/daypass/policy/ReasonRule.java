package dev.daypass.policy;

import com.google.re2j.Pattern;

/** Whether a request must say why (DESIGN section 5, {@code reason}). */
public sealed interface ReasonRule {

  record NotNeeded() implements ReasonRule {}

  record Required() implements ReasonRule {}

  /** Required, and the expression must match the whole of it; RE2, so in linear time. */
  record Matching(Pattern pattern) implements ReasonRule {}
}
