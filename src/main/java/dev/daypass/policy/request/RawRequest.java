package dev.daypass.policy.request;

import java.util.List;
import java.util.Optional;

/**
 * A request's members as they were sent (DESIGN section 5), the key aside. A list that was sent
 * empty is present and empty, and that is refused.
 */
public record RawRequest(
    String role,
    Optional<String> ttl,
    Optional<String> validAfter,
    Optional<String> reason,
    Optional<List<String>> hosts,
    Optional<List<String>> sourceAddress,
    Optional<String> forceCommand,
    Optional<List<String>> without) {

  /** Names the role and nothing else. */
  public static RawRequest of(String role) {
    return new RawRequest(
        role,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
