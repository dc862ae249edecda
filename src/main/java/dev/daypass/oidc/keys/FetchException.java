package dev.daypass.oidc.keys;

/** An identity provider's document could not be had. The message is for operators. */
public final class FetchException extends Exception {
  private static final long serialVersionUID = 1L;

  public FetchException(String message) {
    super(message);
  }

  /** The same of a thing that it does not name yet. */
  public FetchException of(String what) {
    return new FetchException(what + ": " + getMessage());
  }
}
