package dev.daypass.login;

import dev.daypass.policy.address.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operator decides about logins (DESIGN section 4, Login and Re-check).
 *
 * @param lifetime of a login whose identity provider is asked again and again
 * @param lifetimeWithoutRefresh of one whose provider gave no refresh token
 * @param checkAge how old the provider's word may be when a certificate is asked for
 * @param grace how long a provider may be out of reach, from the first check of any login that it
 *     left unanswered
 * @param deviceNetworks from where device mode may be started; absent if it is off
 * @param otherAddressAllowed whether the browser may be at another address than the terminal
 */
public record LoginRules(
    Duration lifetime,
    Duration lifetimeWithoutRefresh,
    Duration checkAge,
    Duration grace,
    Optional<List<Cidr>> deviceNetworks,
    boolean otherAddressAllowed) {
  /** What holds where the configuration says nothing; durations may only be shortened. */
  public static final LoginRules DEFAULTS =
      new LoginRules(
          Duration.ofHours(10),
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Optional.empty(),
          false);

  private static final Duration DEVICE_LIFETIME = Duration.ofHours(1);

  public LoginRules {
    deviceNetworks = deviceNetworks.map(List::copyOf);
  }

  /** How long a login lasts. */
  public Duration lifetime(LoginMode mode, boolean renewable) {
    Duration longest = renewable ? lifetime : lifetimeWithoutRefresh;
    return mode == LoginMode.DEVICE && longest.compareTo(DEVICE_LIFETIME) > 0
        ? DEVICE_LIFETIME
        : longest;
  }
}
