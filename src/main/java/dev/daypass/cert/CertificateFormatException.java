package dev.daypass.cert;

import dev.daypass.ssh.SshFormatException;

/** A malformed certificate, with the offset at which it was noticed. */
public final class CertificateFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  public CertificateFormatException(String message, int offset) {
    super(message + " at byte " + offset);
    this.offset = offset;
  }

  CertificateFormatException(SshFormatException cause) {
    super(cause.getMessage(), cause);
    this.offset = cause.offset();
  }

  public int offset() {
    return offset;
  }
}
