package dev.daypass.signer;

import java.util.Optional;
import java.util.stream.Stream;

/** The one use that each of a CA's keys is kept for (DESIGN section 3). */
public enum KeyUse {
  USER_CA("user-ca"),
  HOST_CA("host-ca"),
  LEDGER("ledger"),
  CHANNEL("channel"),
  ROOT("root");

  private final String keyName;

  KeyUse(String keyName) {
    this.keyName = keyName;
  }

  /** The use of that name. */
  public static Optional<KeyUse> ofKeyName(String name) {
    return Stream.of(values()).filter(use -> use.keyName.equals(name)).findFirst();
  }

  /** The name in configuration, file names and key comments. */
  public String keyName() {
    return keyName;
  }
}
