package dev.daypass.oidc;

/** An identity provider's document could not be had. The message is for operators. */
final class FetchException extends Exception {
  private static final long serialVersionUID = 1L;

  FetchException(String message) {
    super(message);
  }
}
