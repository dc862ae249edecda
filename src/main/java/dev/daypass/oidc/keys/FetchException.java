package dev.daypass.oidc.keys;

/** An identity provider's document could not be had. The message is for operators. */
public final class FetchException extends Exception {
  private static final long serialVersionUID = 1L;

  FetchException(String message) {
    super(message);
  }
}
