package dev.daypass.oidc;

import dev.daypass.oidc.rules.OidcProvider;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The groups that policy sees of one provider's tokens (DESIGN section 4; CASES 54 and 76): bare of
 * the primary one, {@code PROVIDER/group} of all others, none where they do not count. Names are
 * compared as they are: {@code /ops/dba}, {@code ops/dba} and {@code dba} are three groups.
 */
final class GroupMapping {
  private final OidcProvider provider;
  private final Set<String> otherProviders;

  GroupMapping(OidcProvider provider, Set<String> otherProviders) {
    this.provider = provider;
    this.otherProviders = Set.copyOf(otherProviders);
  }

  Set<String> groups(Claims claims) throws ClaimException {
    Optional<String> claim = provider.claims().groups();
    if (claim.isEmpty()) {
      return Set.of();
    }
    requireComplete(claim.get(), claims);
    Set<String> groups = new TreeSet<>();
    for (String group : claims.texts(claim.get())) {
      if (!provider.primary()) {
        groups.add(provider.name() + "/" + group);
      } else if (!resemblesAnotherProviders(group)) {
        groups.add(group);
      }
    }
    return groups;
  }

  /** The primary provider's groups that are left out, because they would pass for another's. */
  Set<String> leftOut(Claims claims) throws ClaimException {
    Set<String> leftOut = new LinkedHashSet<>();
    if (provider.primary() && provider.claims().groups().isPresent()) {
      for (String group : claims.texts(provider.claims().groups().get())) {
        if (resemblesAnotherProviders(group)) {
          leftOut.add(group);
        }
      }
    }
    return leftOut;
  }

  private boolean resemblesAnotherProviders(String group) {
    int slash = group.indexOf('/');
    return slash > 0 && otherProviders.contains(group.substring(0, slash));
  }

  /**
   * Refuses a token whose groups stand elsewhere because there are too many (OpenID Connect Core
   * section 5.6.2; Entra ID's "groups overage"): a rule that denies a group must not be missed.
   */
  private static void requireComplete(String claim, Claims claims) throws ClaimException {
    if (claims.hasMember("_claim_names", claim) || claims.isTrue("hasgroups")) {
      throw new ClaimException(
          TokenRefusal.GROUPS_OVERAGE,
          "The token leaves its groups out because they are too many.");
    }
  }
}
