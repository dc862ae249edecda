package dev.daypass.policy.role;

import dev.daypass.cert.Principal;
import dev.daypass.identity.Account;
import java.util.List;
import java.util.Set;

/**
 * What a role opens on servers (DESIGN section 5, "Principals").
 *
 * @param accounts the fixed local accounts
 * @param self whether it opens the person's own account
 * @param principals set by explicit choice for servers that nobody can join; excludes the others
 */
public record Opening(Set<Account> accounts, boolean self, List<Principal> principals) {

  public Opening {
    accounts = Set.copyOf(accounts);
    principals = List.copyOf(principals);
    boolean own = !principals.isEmpty();
    boolean opened = self || !accounts.isEmpty();
    if (own == opened) {
      throw new IllegalArgumentException("a role names accounts or principals");
    }
  }
}
