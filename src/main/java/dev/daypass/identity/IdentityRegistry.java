package dev.daypass.identity;

/**
 * Port: remembers which identity a username and an account belong to (DESIGN sections 4 and 5).
 * Both belong to the first identity that brings them, until an operator frees them.
 */
public interface IdentityRegistry {

  /**
   * Claims the identity's username, and its account if it has one, for it; all or nothing. Never a
   * guess: where it cannot be known, {@link Registration.Unavailable}.
   */
  Registration register(Identity identity);
}
