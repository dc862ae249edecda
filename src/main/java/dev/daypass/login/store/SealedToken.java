package dev.daypass.login.store;

import dev.daypass.ssh.Bytes;

/** A refresh token as it is stored: nobody reads it without the sealing key. */
public record SealedToken(Bytes sealed) {
  @Override
  public String toString() {
    return "(sealed)";
  }
}
