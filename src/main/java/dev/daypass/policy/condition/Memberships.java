package dev.daypass.policy.condition;

import java.util.Set;

/**
 * The groups of an identity, those that policy itself lists by e-mail included.
 *
 * @param exact what {@code allow} goes by: an address counts as it is spelled
 * @param ignoringCase what {@code deny} goes by, so that another spelling escapes nothing (CASES
 *     14)
 */
public record Memberships(Set<String> exact, Set<String> ignoringCase) {
  public Memberships {
    exact = Set.copyOf(exact);
    ignoringCase = Set.copyOf(ignoringCase);
  }

  /** Of an identity whose groups do not hang on the spelling of an address. */
  public static Memberships of(Set<String> groups) {
    return new Memberships(groups, groups);
  }
}
