package dev.daypass.policy.condition;

/** A compiled condition: text that was type-checked and answers yes or no about a request. */
public final class Condition {

  private final String source;

  Condition(String source) {
    this.source = source;
  }

  /** The expression as it stands in the policy file. */
  public String source() {
    return source;
  }
}
