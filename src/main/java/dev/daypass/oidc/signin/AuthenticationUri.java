package dev.daypass.oidc.signin;

import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.Prompt;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * The address at which a provider authenticates a person for us (OpenID Connect Core section
 * 3.1.2.1, RFC 7636, RFC 9700 section 2.1.1): always a code, always PKCE with S256.
 */
final class AuthenticationUri {
  private AuthenticationUri() {}

  static URI of(
      ProviderMetadata provider,
      SignInClient client,
      URI redirect,
      SignInSecrets secrets,
      SignInTerms terms) {
    SignInStyle style = client.style();
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(style.scopes().toArray(String[]::new)),
                new ClientID(client.credentials().id()),
                redirect)
            .endpointURI(provider.authorization())
            .state(new State(secrets.state()))
            .nonce(new Nonce(secrets.oidcNonce()))
            .codeChallenge(new CodeVerifier(secrets.codeVerifier()), CodeChallengeMethod.S256);
    terms.maxAge().ifPresent(age -> request.maxAge(seconds(age)));
    Prompt prompt = prompt(style, terms);
    if (!prompt.isEmpty()) {
      request.prompt(prompt);
    }
    style.parameters().forEach(request::customParameter);
    return request.build().toURI();
  }

  private static Prompt prompt(SignInStyle style, SignInTerms terms) {
    Prompt prompt = new Prompt();
    style
        .prompt()
        .map(word -> Prompt.Type.valueOf(word.toUpperCase(Locale.ROOT)))
        .ifPresent(prompt::add);
    if (terms.maxAge().isPresent() && style.freshByPrompt()) {
      prompt.clear();
      prompt.add(Prompt.Type.LOGIN);
    }
    return prompt;
  }

  private static int seconds(Duration age) {
    return Math.clamp(age.toSeconds(), 0, Integer.MAX_VALUE);
  }
}
