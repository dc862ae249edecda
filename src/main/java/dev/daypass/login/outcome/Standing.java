package dev.daypass.login.outcome;

import dev.daypass.identity.Identity;
import dev.daypass.login.LoginId;
import java.time.Instant;
import java.util.Optional;

/** Whom a key stands for at this moment. */
public sealed interface Standing permits Standing.Known, Standing.Unavailable, LoginRefused {
  /**
   * The identity as of the last check.
   *
   * @param unreachableSince since when the identity provider could not be asked: the login is in
   *     its grace, which a role may shorten or not take
   * @param lastCheck when the identity provider last stood by it; absent if it is never asked
   */
  record Known(
      Identity identity,
      LoginId login,
      Optional<Instant> unreachableSince,
      Optional<Instant> lastCheck)
      implements Standing {
    /** Whether the identity provider could not be asked lately. */
    public boolean inGrace() {
      return unreachableSince.isPresent();
    }
  }

  /** Nobody can tell: the identity provider is away for longer than the grace, or the store is. */
  record Unavailable(String detail) implements Standing {}
}
