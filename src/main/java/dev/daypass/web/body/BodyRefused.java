package dev.daypass.web.body;

/** A request body that cannot be read as what the route takes; it carries the 400 to answer. */
public final class BodyRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  BodyRefused(String code, String detail, String remedy) {
    // The stack is never read: refusing noise has to be cheap.
    super(code + ": " + detail, null, false, false);
    this.problem = Problem.of(400, code, detail, remedy);
  }

  public Problem problem() {
    return problem;
  }

  /** A member that the route does not know. */
  static BodyRefused unknown(String name) {
    return new BodyRefused(
        "unknown_member",
        "The request has a member that is not known here: " + printable(name) + ".",
        "Leave it out, or look up its spelling in /openapi.yaml.");
  }

  public static BodyRefused missing(String name) {
    return new BodyRefused(
        "missing_member", printable(name) + " is missing.", "Look at /openapi.yaml.");
  }

  static BodyRefused wrongType(String name, RequestShape.Kind wanted) {
    return new BodyRefused(
        "wrong_type",
        printable(name) + " must be " + wanted.words() + ".",
        "Send it as /openapi.yaml describes it.");
  }

  static BodyRefused twice(String name) {
    return new BodyRefused(
        "duplicate_member", printable(name) + " is there twice.", "Send each name once.");
  }

  static BodyRefused notText(String name) {
    return new BodyRefused(
        "invalid_text",
        printable(name) + " is not valid Unicode text.",
        "Send UTF-8 without lone surrogates.");
  }

  /** Names come from strangers: only what is harmless in a log or terminal is repeated. */
  private static String printable(String name) {
    if (name.isEmpty() || name.length() > 64) {
      return "(a name of " + name.length() + " characters)";
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
        return "(a name of " + name.length() + " characters)";
      }
    }
    return name;
  }
}
