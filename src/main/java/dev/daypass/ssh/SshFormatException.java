package dev.daypass.ssh;

/** Malformed SSH input, with the offset in the outermost structure at which it was noticed. */
public final class SshFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  public SshFormatException(String message, int offset) {
    super(message + " at byte " + offset);
    this.offset = offset;
  }

  public SshFormatException(String message, int offset, Throwable cause) {
    super(message + " at byte " + offset, cause);
    this.offset = offset;
  }

  public int offset() {
    return offset;
  }
}
