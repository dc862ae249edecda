package dev.daypass.config;

import java.nio.file.Path;

/** The key {@code keys}: the private key files of DESIGN section 3 that stay on this machine. */
public record KeysConfig(Path userCa, Path hostCa, Path ledger, Path channel) {

  /** The folder below the state folder where {@code init} puts keys that the file does not name. */
  static final String DEFAULT_FOLDER = "keys";
}
