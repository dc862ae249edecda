package dev.daypass.config.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How persons sign in at an identity provider by browser.
 *
 * @param title what they read on the page that offers it
 * @param clientAuth how the daemon shows its secret; absent: as the provider says that it takes it
 * @param scopes what is asked for, {@code openid} among it
 * @param prompt what the provider shall ask the person at each sign-in
 * @param parameters what the authentication request says beside the standard parameters
 * @param refresh whether refresh tokens are wanted; without one a login lasts an hour
 * @param userinfo whether claims that the ID token lacks are asked of the userinfo endpoint
 * @param freshByPrompt whether {@code prompt=login} is needed for a fresh authentication
 */
public record SignInConfig(
    String title,
    Optional<ClientAuth> clientAuth,
    List<String> scopes,
    Optional<String> prompt,
    Map<String, String> parameters,
    boolean refresh,
    boolean userinfo,
    boolean freshByPrompt) {

  /** OpenID Connect Core section 9. */
  public enum ClientAuth {
    BASIC,
    POST,
    NONE
  }

  public SignInConfig {
    scopes = List.copyOf(scopes);
    parameters = Map.copyOf(parameters);
  }
}
