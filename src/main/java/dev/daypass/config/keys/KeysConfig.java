package dev.daypass.config.keys;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The key {@code keys}: the private key files of DESIGN section 3 that stay on this machine, and
 * the list of keys that are never certified.
 *
 * @param blocked what {@link BlockedKeys} reads, if the operator keeps such a list
 */
public record KeysConfig(
    Path userCa, Path hostCa, Path ledger, Path channel, Optional<Path> blocked) {

  /** The folder below the state folder where {@code init} puts keys that the file does not name. */
  static final String DEFAULT_FOLDER = "keys";
}
