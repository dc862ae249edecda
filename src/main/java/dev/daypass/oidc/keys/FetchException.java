package dev.daypass.oidc.keys;

/** An identity provider's document could not be had. The message is for operators. */
public final class FetchException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public FetchException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** What is wrong, as a part of a sentence. */
  public String reason() {
    return reason;
  }

  /** The same of a thing that it does not name yet. */
  public FetchException of(String what) {
    return new FetchException(what + ": " + reason);
  }
}
