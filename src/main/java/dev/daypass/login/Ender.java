package dev.daypass.login;

import dev.daypass.identity.IdentityId;

/** Who or what ends a login; each is named in the entry. */
public sealed interface Ender {
  /** The person whose login it is: a logout, or a lost laptop. */
  record Owner(IdentityId id) implements Ender {}

  /** An operator; {@code who} by username, or by account of the CA's machine, and why. */
  record Operator(String who, String reason) implements Ender {}

  /** The identity provider no longer stands by it; {@code error} is its own word for that. */
  record Provider(String error) implements Ender {}

  /**
   * The identity provider refused a token whose fate a crash had left in doubt: the login ends, its
   * certificates stay (DESIGN section 4, Re-check).
   */
  record DoubtfulCheck(String error) implements Ender {}

  /** The same key was bound again by the same identity. */
  record Replaced(LoginId by) implements Ender {}

  /** Its time was up. */
  record Expiry() implements Ender {}

  /** Whether live certificates of the login are revoked with it. */
  default boolean revokes() {
    return switch (this) {
      case Owner _, Operator _, Provider _ -> true;
      case DoubtfulCheck _, Replaced _, Expiry _ -> false;
    };
  }
}
