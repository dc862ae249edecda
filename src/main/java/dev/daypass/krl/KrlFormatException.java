package dev.daypass.krl;

/** Bytes that are no key revocation list of the shapes that are written here. */
public final class KrlFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  KrlFormatException(String message) {
    super(message);
  }

  KrlFormatException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
