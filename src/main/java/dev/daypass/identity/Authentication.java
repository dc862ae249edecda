package dev.daypass.identity;

import java.time.Instant;
import java.util.Optional;

/** What came of verifying a bearer token. */
public sealed interface Authentication {

  /**
   * The token is good until {@code expiresAt}. That moment bounds the request, not the certificate
   * (CASES 33).
   */
  record Authenticated(Identity identity, Optional<Instant> expiresAt) implements Authentication {}

  /**
   * The token is not good, or stands for nobody who may ask; {@code code} is stable.
   *
   * @param who for whom the provider vouches, where the token itself is good
   */
  record Refused(String code, String detail, String remedy, Optional<IdentityId> who)
      implements Authentication {
    public Refused(String code, String detail, String remedy) {
      this(code, detail, remedy, Optional.empty());
    }

    /** The same of somebody whom a good token names. */
    public Refused of(IdentityId id) {
      return new Refused(code, detail, remedy, Optional.of(id));
    }
  }

  /** The identity provider's keys cannot be had, so nothing is known about the token. */
  record Unavailable(String detail) implements Authentication {}
}
