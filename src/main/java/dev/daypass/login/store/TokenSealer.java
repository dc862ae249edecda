package dev.daypass.login.store;

import dev.daypass.login.LoginId;
import dev.daypass.login.provider.RefreshToken;
import java.util.Optional;

/** Port: seals refresh tokens for the store, each for its own login. */
public interface TokenSealer {
  SealedToken seal(RefreshToken token, LoginId login);

  /** Empty if it was sealed for another login, by another key, or changed since. */
  Optional<RefreshToken> unseal(SealedToken token, LoginId login);
}
