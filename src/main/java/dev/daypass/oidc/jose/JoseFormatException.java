package dev.daypass.oidc.jose;

/**
 * What was read is no token, header, key set or JSON as it must be. No message quotes the input.
 */
public final class JoseFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  JoseFormatException(String message, int offset) {
    super(message);
    this.offset = offset;
  }

  /** Where in the text that was read the fault was seen, in characters; 0 if it is all of it. */
  public int offset() {
    return offset;
  }
}
