package dev.daypass.oidc.rules;

/** Where an identity's own local account comes from (DESIGN section 5, {@code self}). */
public sealed interface AccountSource {

  /** Identities of this provider have no account of their own. */
  record None() implements AccountSource {}

  /** What stands before the {@code @} of the verified e-mail address. */
  record LocalPart() implements AccountSource {}

  /** A claim of that name, which then must hold an account name. */
  record Claim(String name) implements AccountSource {}
}
