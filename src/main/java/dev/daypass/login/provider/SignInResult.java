package dev.daypass.login.provider;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import java.util.Optional;

/** What came of a sign-in. */
public sealed interface SignInResult {
  /**
   * The provider vouches for this identity.
   *
   * @param refresh absent if the provider gave none: the login then lasts an hour
   */
  record SignedIn(Identity identity, Optional<RefreshToken> refresh) implements SignInResult {}

  /**
   * The answer is not good, or stands for nobody who may log in; {@code code} is stable.
   *
   * @param who for whom the provider vouches, where the token itself is good
   */
  record Refused(String code, String detail, String remedy, Optional<IdentityId> who)
      implements SignInResult {}

  /** The provider, or the person there, said no; {@code error} is its word for it. */
  record Denied(String error) implements SignInResult {}

  /** The provider cannot be asked. */
  record Unavailable(String detail) implements SignInResult {}
}
