package dev.daypass.oidc.signin;

import dev.daypass.login.provider.RefreshToken;
import java.util.Optional;

/** What a token endpoint answers. None prints a token. */
sealed interface TokenAnswer {

  /** RFC 6749 section 5.1. */
  record Tokens(String accessToken, Optional<String> idToken, Optional<RefreshToken> refresh)
      implements TokenAnswer {
    @Override
    public String toString() {
      return "(tokens)";
    }
  }

  /**
   * RFC 6749 section 5.2.
   *
   * @param error a word of letters, digits and {@code _ - .}
   */
  record Failure(String error) implements TokenAnswer {}

  /**
   * Nothing that says anything.
   *
   * @param refresh a refresh token that was in it nevertheless
   */
  record Unusable(String detail, Optional<RefreshToken> refresh) implements TokenAnswer {
    Unusable(String detail) {
      this(detail, Optional.empty());
    }
  }
}
