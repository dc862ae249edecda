package dev.daypass.cert;

/** The free text by which sshd's log names a certificate. What it may hold, the linter says. */
public record KeyId(String text) {
  @Override
  public String toString() {
    return text;
  }
}
