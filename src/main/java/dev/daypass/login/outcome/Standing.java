package dev.daypass.login.outcome;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.login.LoginId;
import java.time.Instant;
import java.util.Optional;

/** Whom a key stands for at this moment. */
public sealed interface Standing
    permits Standing.Known, Standing.Ended, Standing.Unavailable, LoginRefused {
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

  /**
   * For nobody any more. Whose key it is stays known, so that its refusal is an entry (DESIGN
   * section 6).
   */
  record Ended(IdentityId owner, LoginRefused refusal) implements Standing {}

  /** Nobody can tell: the identity provider is away for longer than the grace, or the store is. */
  record Unavailable(String detail) implements Standing {}
}
