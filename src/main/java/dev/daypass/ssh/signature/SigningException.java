package dev.daypass.ssh.signature;

/** A key could not sign: its token or agent is gone, refused, or answered wrongly. */
public final class SigningException extends Exception {
  private static final long serialVersionUID = 1L;

  public SigningException(String message) {
    super(message);
  }

  public SigningException(String message, Throwable cause) {
    super(message, cause);
  }
}
