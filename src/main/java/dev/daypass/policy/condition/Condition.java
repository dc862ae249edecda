package dev.daypass.policy.condition;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.PartialVars;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compiled condition: text that was type-checked and answers yes or no about a request. */
public final class Condition {

  private final String source;
  private final Mentions mentions;
  private final CelRuntime.Program exact;
  private final Optional<CelRuntime.Program> folded;

  /**
   * @param mentions of both programs, which differ in their literals alone
   */
  Condition(
      String source,
      Mentions mentions,
      CelRuntime.Program exact,
      Optional<CelRuntime.Program> folded) {
    this.source = source;
    this.mentions = mentions;
    this.exact = exact;
    this.folded = folded;
  }

  /** The expression as it stands in the policy file. */
  public String source() {
    return source;
  }

  /**
   * Evaluates the condition. One of {@code deny} holds if it holds for the text as it is, or with
   * all text in lower case, its own included: what denies "root" denies "Root" (CASES 14).
   */
  public Answer evaluate(ConditionInput input) {
    Answer answer = run(exact, input, input.variables(mentions));
    if (folded.isEmpty() || answer instanceof Answer.Yes || answer instanceof Answer.Failed) {
      return answer;
    }
    Answer inLowerCase = run(folded.get(), input, input.foldedVariables(mentions));
    return inLowerCase instanceof Answer.No ? answer : inLowerCase;
  }

  /** Equal are those that say the same at the same kind of place. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Condition condition
        && source.equals(condition.source)
        && folded.isPresent() == condition.folded.isPresent();
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  private static Answer run(
      CelRuntime.Program program, ConditionInput input, Map<String, Object> variables) {
    try {
      Object result =
          input.unknowns().isEmpty()
              ? program.eval(name -> Optional.ofNullable(variables.get(name)))
              : program.eval(
                  PartialVars.of(
                      name -> Optional.ofNullable(variables.get(name)), input.unknowns()));
      return switch (result) {
        case Boolean holds -> holds ? new Answer.Yes() : new Answer.No();
        case CelUnknownSet _ -> new Answer.Undecided();
        default -> new Answer.Failed("the result is neither true nor false");
      };
    } catch (CelEvaluationException e) {
      return new Answer.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // CEL's functions are not all total: what escapes one is a failed evaluation like any other.
      return new Answer.Failed("evaluation error: " + e.getClass().getSimpleName());
    }
  }
}
