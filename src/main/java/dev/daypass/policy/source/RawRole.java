package dev.daypass.policy.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A role's values as its file has them; {@code holder} is the key {@code for}. Absent lists and
 * maps are empty; where an empty list would mean something else than none, it is Optional.
 *
 * @param sourceAddress {@code source-address}; {@code observed} alone, or ranges
 */
public record RawRole(
    Optional<String> description,
    Optional<RawHolder> holder,
    List<String> accounts,
    List<String> principals,
    Map<String, String> hosts,
    List<String> patterns,
    Optional<RawTtl> ttl,
    List<String> extensions,
    Optional<String> forceCommand,
    Optional<List<String>> sourceAddress,
    Optional<RawKeys> keys,
    Optional<String> reason,
    Optional<String> proof,
    Optional<String> idpGrace,
    Optional<String> sessionGrace,
    Optional<String> maxAuthAge,
    RawRules rules) {}
