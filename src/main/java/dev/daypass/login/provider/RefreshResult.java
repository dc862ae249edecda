package dev.daypass.login.provider;

import dev.daypass.identity.Identity;
import java.util.Optional;

/** What a provider says of a login's refresh token. */
public sealed interface RefreshResult {
  /**
   * It stands by the identity.
   *
   * @param rotated the token to use from now on, if it is another one
   */
  record Renewed(Identity identity, Optional<RefreshToken> rotated) implements RefreshResult {}

  /**
   * It does not: {@code invalid_grant}, {@code interaction_required}, {@code login_required},
   * {@code consent_required} or {@code access_denied}.
   */
  record Ended(String error) implements RefreshResult {}

  /** It stands by an identity that is not acceptable any more. */
  record Refused(String code, String detail, String remedy) implements RefreshResult {}

  /**
   * Anything else, {@code invalid_client} included: nothing is known.
   *
   * @param rotated the token to use from now on, if there is one: the provider may have changed it
   *     before it failed
   */
  record Unreachable(String detail, Optional<RefreshToken> rotated) implements RefreshResult {
    public Unreachable(String detail) {
      this(detail, Optional.empty());
    }
  }

  /**
   * The daemon stopped before the answer was there: what the provider did is not known, as after a
   * crash.
   */
  record CutOff() implements RefreshResult {}
}
