package dev.daypass.policy;

import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.role.RoleName;
import dev.daypass.ssh.SshPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an identity asks for: a role, for a key, perhaps narrowed (DESIGN section 5).
 *
 * @param ttl counted from {@code validAfter} if that is named, else from now
 * @param hosts the servers that the request names; empty means all of the role's
 * @param observedAddress where the request came from, if that is known
 */
public record AccessRequest(
    RoleName role,
    SshPublicKey key,
    Optional<Duration> ttl,
    Optional<Instant> validAfter,
    Optional<String> reason,
    List<Host> hosts,
    Restriction restriction,
    Optional<IpAddress> observedAddress) {

  public AccessRequest {
    hosts = List.copyOf(hosts);
  }

  /** Asks for the whole role with its default ttl. */
  public static AccessRequest of(RoleName role, SshPublicKey key) {
    return new AccessRequest(
        role,
        key,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Restriction.NONE,
        Optional.empty());
  }
}
