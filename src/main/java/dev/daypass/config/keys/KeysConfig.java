package dev.daypass.config.keys;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The key {@code keys}: where the private keys of DESIGN section 3 are that stay on this machine,
 * and the list of keys that are never certified.
 *
 * @param signer the socket of the separate signer, which then holds all keys but the channel's; the
 *     others mean nothing here
 * @param blocked what {@link BlockedKeys} reads, if the operator keeps such a list
 */
public record KeysConfig(
    KeyConfig userCa,
    KeyConfig hostCa,
    KeyConfig ledger,
    KeyConfig channel,
    Optional<Path> blocked,
    Optional<Path> signer) {

  /** The folder below the state folder where {@code init} puts keys that the file does not name. */
  static final String DEFAULT_FOLDER = "keys";
}
