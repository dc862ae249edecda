package dev.daypass.policy;

import dev.daypass.policy.condition.Answer;
import dev.daypass.policy.condition.ConditionInput;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.policy.role.Rule;
import dev.daypass.policy.role.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a role's or duty's rules say together: deny wins, and what no rule allows is refused. A
 * condition that fails is no match in {@code allow} and a refusal in {@code deny}.
 *
 * @param allowedBy the first rule of {@code allow} that holds
 * @param undecided whether a rule that could turn the outcome looks at a request not there yet
 */
record RuleOutcome(
    Optional<Rule> allowedBy,
    List<RefusalReason> denials,
    List<ConditionFailure> failures,
    boolean undecided) {

  static RuleOutcome of(Rules rules, ConditionInput input) {
    List<ConditionFailure> failures = new ArrayList<>();
    List<RefusalReason> denials = new ArrayList<>();
    boolean undecidedDeny = false;
    for (Rule rule : rules.deny()) {
      switch (rule.when().evaluate(input)) {
        case Answer.Yes() -> denials.add(denied(rule));
        case Answer.No() -> {}
        case Answer.Undecided() -> undecidedDeny = true;
        case Answer.Failed(String message) -> {
          failures.add(new ConditionFailure(rule.path(), message));
          denials.add(failed(rule, message));
        }
      }
    }
    Optional<Rule> allowedBy = Optional.empty();
    boolean undecidedAllow = false;
    for (Rule rule : rules.allow()) {
      switch (rule.when().evaluate(input)) {
        case Answer.Yes() -> allowedBy = Optional.of(rule);
        case Answer.No() -> {}
        case Answer.Undecided() -> undecidedAllow = true;
        case Answer.Failed(String message) ->
            failures.add(new ConditionFailure(rule.path(), message));
      }
      if (allowedBy.isPresent()) {
        break;
      }
    }
    return new RuleOutcome(
        allowedBy,
        List.copyOf(denials),
        List.copyOf(failures),
        undecidedDeny || (allowedBy.isEmpty() && undecidedAllow));
  }

  /** Whether the rules, taken alone, grant. */
  boolean grants() {
    return allowedBy.isPresent() && denials.isEmpty() && !undecided;
  }

  /** Why they refuse; empty if they grant, or if that depends on the request. */
  List<RefusalReason> refusals(String what) {
    List<RefusalReason> reasons = new ArrayList<>(denials);
    if (allowedBy.isEmpty() && !undecided) {
      reasons.add(
          new RefusalReason(
              RefusalCode.NO_RULE_MATCHED,
              "No rule of " + what + " allows you.",
              "Ask whoever maintains the policy, or ask for a role that lists you."));
      for (ConditionFailure failure : failures) {
        reasons.add(
            new RefusalReason(
                RefusalCode.CONDITION_FAILED,
                "The condition at " + failure.rule() + " could not be evaluated.",
                "Show this to whoever maintains the policy: " + failure.message()));
      }
    }
    return reasons;
  }

  private static RefusalReason denied(Rule rule) {
    return new RefusalReason(
        RefusalCode.DENIED,
        rule.because().orElse("The rule " + rule.path() + " refuses this."),
        "Ask again when this no longer applies, or ask for another role.");
  }

  private static RefusalReason failed(Rule rule, String message) {
    return new RefusalReason(
        RefusalCode.CONDITION_FAILED,
        "The condition at " + rule.path() + " could not be evaluated, so it refuses.",
        "Show this to whoever maintains the policy: " + message);
  }
}
