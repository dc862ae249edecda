package dev.daypass.ledger.refusal;

import dev.daypass.policy.request.RawRequest;
import dev.daypass.policy.role.RoleName;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for and refused, in the asker's own words, for those who look at it later.
 *
 * @param role as it was sent; it may be no role at all
 * @param hosts the servers that were named
 */
public record Asked(
    String role, List<String> hosts, Optional<String> ttl, Optional<String> reason) {
  public Asked {
    hosts = List.copyOf(hosts);
  }

  public static Asked of(RawRequest wish) {
    return new Asked(wish.role(), wish.hosts().orElse(List.of()), wish.ttl(), wish.reason());
  }

  /** The role to search by; what is no name of a role is found by its text alone. */
  Optional<String> searchKey() {
    return RoleName.parse(role).map(RoleName::toString);
  }
}
