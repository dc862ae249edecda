package dev.daypass.policy.role;

import dev.daypass.policy.host.LabelSelector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A role: who may hold it, what it opens, for how long (DESIGN section 5; the components are in the
 * order of its list of keys).
 *
 * @param patterns for the helper's {@code Match host}, as OpenSSH patterns; empty means the names
 *     of the servers that carry the labels
 * @param idpGrace how long an unreachable identity provider is tolerated, if the role says; zero
 *     means not at all
 * @param sessionGrace how long a session may outlive its certificate, if the role says
 * @param maxAuthAge how long ago the identity may have authenticated, if it matters
 */
public record Role(
    RoleName name,
    String description,
    Eligibility eligibility,
    Opening opening,
    LabelSelector hosts,
    List<String> patterns,
    Ttl ttl,
    Set<Extension> extensions,
    Optional<String> forceCommand,
    SourceRule sourceRule,
    KeyRule keys,
    ReasonRule reason,
    ProofDemand proof,
    Optional<Duration> idpGrace,
    Optional<Duration> sessionGrace,
    Optional<Duration> maxAuthAge,
    Rules rules) {

  public Role {
    patterns = List.copyOf(patterns);
    extensions = Set.copyOf(extensions);
  }
}
