package dev.daypass.policy;

import dev.daypass.policy.address.Cidr;
import dev.daypass.policy.role.Extension;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request takes away from its role (DESIGN section 5, {@code restrict}): it may only narrow.
 *
 * @param sourceAddress empty where the request names none
 */
public record Restriction(
    List<Cidr> sourceAddress, Optional<String> forceCommand, Set<Extension> without) {

  public static final Restriction NONE = new Restriction(List.of(), Optional.empty(), Set.of());

  public Restriction {
    sourceAddress = List.copyOf(sourceAddress);
    without = Set.copyOf(without);
  }
}
