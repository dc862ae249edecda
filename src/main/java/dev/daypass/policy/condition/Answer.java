package dev.daypass.policy.condition;

/** What a condition says about one request. */
public sealed interface Answer {

  /** It holds. */
  record Yes() implements Answer {}

  /** It does not hold. */
  record No() implements Answer {}

  /** It looks at a request that is not there yet. */
  record Undecided() implements Answer {}

  /** It could not be evaluated: something was missing, of another type, or too much work. */
  record Failed(String message) implements Answer {}
}
