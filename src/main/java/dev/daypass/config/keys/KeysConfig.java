package dev.daypass.config.keys;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The key {@code keys}: where the private keys of DESIGN section 3 are that stay on this machine,
 * and the list of keys that are never certified. A use has several keys while one takes the place
 * of another; which of them signs, the ledger says.
 *
 * @param signer the socket of the separate signer, which then holds all keys but the channel's; the
 *     others mean nothing here
 * @param blocked what {@link BlockedKeys} reads, if the operator keeps such a list
 */
public record KeysConfig(
    List<KeyConfig> userCas,
    List<KeyConfig> hostCas,
    List<KeyConfig> ledgers,
    KeyConfig channel,
    Optional<Path> blocked,
    Optional<Path> signer) {

  /** The folder below the state folder where {@code init} puts keys that the file does not name. */
  static final String DEFAULT_FOLDER = "keys";

  public KeysConfig {
    userCas = List.copyOf(userCas);
    hostCas = List.copyOf(hostCas);
    ledgers = List.copyOf(ledgers);
  }

  /** The one that is named first. */
  public KeyConfig userCa() {
    return userCas.getFirst();
  }

  /** The one that is named first. */
  public KeyConfig hostCa() {
    return hostCas.getFirst();
  }

  /** The one that is named first. */
  public KeyConfig ledger() {
    return ledgers.getFirst();
  }
}
