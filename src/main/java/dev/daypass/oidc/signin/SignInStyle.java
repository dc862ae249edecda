package dev.daypass.oidc.signin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a provider is asked.
 *
 * @param scopes what is asked for, {@code openid} among it
 * @param prompt what the provider shall ask the person each time
 * @param parameters what the authentication request says beside the standard parameters
 * @param refresh whether a refresh token is taken
 * @param userinfo whether claims that the ID token lacks are asked of the userinfo endpoint
 * @param freshByPrompt whether {@code prompt=login} is needed for a fresh authentication
 */
public record SignInStyle(
    List<String> scopes,
    Optional<String> prompt,
    Map<String, String> parameters,
    boolean refresh,
    boolean userinfo,
    boolean freshByPrompt) {

  public SignInStyle {
    scopes = List.copyOf(scopes);
    parameters = Map.copyOf(parameters);
    if (!scopes.contains("openid")) {
      throw new IllegalArgumentException("the scope openid is needed");
    }
  }

  /** These scopes, refresh and userinfo, and nothing peculiar. */
  public static SignInStyle ofScopes(String... scopes) {
    return new SignInStyle(List.of(scopes), Optional.empty(), Map.of(), true, true, false);
  }
}
