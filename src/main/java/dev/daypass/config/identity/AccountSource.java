package dev.daypass.config.identity;

/** Where a person's own account name comes from (DESIGN section 5, {@code self}). */
public sealed interface AccountSource {

  /** {@code account: none}: this provider's identities have no account of their own. */
  record None() implements AccountSource {}

  /** {@code account: local-part}: what stands before the {@code @} of the verified e-mail. */
  record LocalPart() implements AccountSource {}

  /** {@code account: { claim: NAME }}. */
  record Claim(String name) implements AccountSource {}
}
