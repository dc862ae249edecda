package dev.daypass.login.outcome;

/** How far a login is, as its terminal learns it. */
public enum PollState {
  WAITING("waiting"),
  SIGNED_IN("signed_in"),
  CONSENTED("consented"),
  BOUND("bound"),
  REFUSED("refused"),
  EXPIRED("expired");

  private final String text;

  PollState(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** Whether it stays as it is. */
  public boolean isFinal() {
    return switch (this) {
      case WAITING, SIGNED_IN, CONSENTED -> false;
      case BOUND, REFUSED, EXPIRED -> true;
    };
  }
}
