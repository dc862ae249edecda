package dev.daypass.login.provider;

import dev.daypass.identity.IdentityId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Port: the identity providers at which persons sign in. Its redirect URI at a provider is {@code
 * URL/callback/PROVIDER}. Calls block, with a deadline of the implementation's own, and never throw
 * for what a provider answers.
 */
public interface SignInProviders {
  /** All of them, in the order of the configuration. */
  List<SignInProvider> providers();

  /**
   * Where to send the browser.
   *
   * @param maxAge how long ago the person may have authenticated (OpenID Connect Core 1.0, section
   *     3.1.2.1, max_age)
   */
  SignInRequest begin(String provider, SignInSecrets secrets, Optional<Duration> maxAge);

  /**
   * Takes what the browser brought back: exchanges the code and verifies the ID token.
   *
   * @param parameters of the callback, with every value of each
   */
  SignInResult finish(String provider, SignInSecrets secrets, Map<String, List<String>> parameters);

  /** Asks whether the provider still stands by an identity, and derives it afresh. */
  RefreshResult refresh(String provider, IdentityId expected, RefreshToken token);
}
