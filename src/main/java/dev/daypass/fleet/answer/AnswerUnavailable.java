package dev.daypass.fleet.answer;

/** A server cannot be answered now, through no fault of its own. */
public final class AnswerUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  AnswerUnavailable(String why, Throwable cause) {
    super(why, cause);
  }
}
