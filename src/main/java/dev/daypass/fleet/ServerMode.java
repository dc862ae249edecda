package dev.daypass.fleet;

import java.util.Arrays;
import java.util.Optional;

/** How a server checks principals; it is in exactly one mode (DESIGN section 9). */
public enum ServerMode {
  /** {@code AuthorizedPrincipalsFile}, no proof. */
  FILE("file"),
  /** {@code AuthorizedPrincipalsCommand}, which demands the ledger proof. */
  PROOF("proof");

  private final String wireName;

  ServerMode(String wireName) {
    this.wireName = wireName;
  }

  /** The word in trust bundles. */
  public String wireName() {
    return wireName;
  }

  /** The mode of that word. */
  public static Optional<ServerMode> ofWireName(String word) {
    return Arrays.stream(values()).filter(mode -> mode.wireName.equals(word)).findFirst();
  }
}
