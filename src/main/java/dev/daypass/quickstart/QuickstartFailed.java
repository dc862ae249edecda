package dev.daypass.quickstart;

/** The quickstart cannot go on: what is wrong, and what to do about it. */
public final class QuickstartFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  QuickstartFailed(String what, String remedy) {
    super(what);
    this.remedy = remedy;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
