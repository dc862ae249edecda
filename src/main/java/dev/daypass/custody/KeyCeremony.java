package dev.daypass.custody;

import java.io.IOException;

/** The use case of {@code daypassd init} (DESIGN section 3). */
public final class KeyCeremony {
  private KeyCeremony() {}

  /** Makes the state folder, all keys, the signer's head and trust bundle 1. */
  public static KeyCeremonyReport perform(KeyCeremonyPlan plan)
      throws KeyCeremonyRefused, IOException {
    if (plan.modes().isEmpty()) {
      throw new IOException("no mode");
    }
    throw new UnsupportedOperationException();
  }
}
