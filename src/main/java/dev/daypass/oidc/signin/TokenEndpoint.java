package dev.daypass.oidc.signin;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.oidc.jose.JoseFormatException;
import dev.daypass.oidc.jose.StrictJson;
import dev.daypass.oidc.keys.FetchException;
import dev.daypass.oidc.keys.JsonFetch;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Exchanges codes and refresh tokens at a provider's endpoints, and gives the latter back. */
final class TokenEndpoint {
  private static final int MAX_TOKEN_CHARS = 16 * 1024;

  /** A provider that is asked for tokens may have to write them down first. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Of error answers; anything else may come from whatever stands in front of the provider. */
  private static final Set<Integer> ERROR_STATUS = Set.of(400, 401, 403);

  private static final Pattern ERROR = Pattern.compile("[A-Za-z0-9_.-]{1,60}");

  private final ClientCredentials credentials;
  private final JsonFetch fetch;

  TokenEndpoint(ClientCredentials credentials, JsonFetch fetch) {
    this.credentials = credentials;
    this.fetch = fetch;
  }

  /** Sends a grant; nothing is ever sent twice, since it may have been used up. */
  TokenAnswer redeem(ProviderMetadata provider, AuthorizationGrant grant) {
    HTTPRequest written =
        credentials
            .request(provider.token(), grant, provider.clientAuthentication())
            .toHTTPRequest();
    try {
      JsonFetch.Answer answer = fetch.exchange(provider.token(), form(written), TIMEOUT);
      if (answer.status() == 200) {
        return tokens(object(answer));
      }
      return ERROR_STATUS.contains(answer.status())
          ? failure(answer)
          : new TokenAnswer.Unusable("answered with status " + answer.status());
    } catch (FetchException e) {
      return new TokenAnswer.Unusable(e.reason());
    }
  }

  /**
   * Gives a refresh token back (RFC 7009 section 2). Providers that say nothing of their own take
   * the client there as at the token endpoint.
   */
  void giveBack(ProviderMetadata provider, URI endpoint, RefreshToken token) throws FetchException {
    HTTPRequest written =
        credentials
            .revocation(
                endpoint,
                new com.nimbusds.oauth2.sdk.token.RefreshToken(token.reveal()),
                provider.clientAuthentication())
            .toHTTPRequest();
    int status = fetch.exchange(endpoint, form(written), TIMEOUT).status();
    if (status != 200) {
      throw new FetchException("its revocation endpoint answered with status " + status);
    }
  }

  private static HttpRequest.Builder form(HTTPRequest written) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(written.getBody()));
    if (written.getAuthorization() != null) {
      request.header("Authorization", written.getAuthorization());
    }
    return request;
  }

  /** The claims of the userinfo endpoint (OpenID Connect Core section 5.3). */
  Map<String, Object> userinfo(ProviderMetadata provider, String accessToken)
      throws FetchException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder().GET().header("Authorization", "Bearer " + accessToken);
      JsonFetch.Answer answer =
          fetch.exchange(
              provider.userinfo().orElseThrow(() -> new FetchException("there is none")),
              request,
              TIMEOUT);
      if (answer.status() != 200) {
        throw new FetchException("answered with status " + answer.status());
      }
      return object(answer);
    } catch (FetchException e) {
      throw e.of("its userinfo endpoint");
    }
  }

  private static TokenAnswer tokens(Map<String, Object> members) {
    Optional<RefreshToken> refresh = token(members, "refresh_token").map(RefreshToken::of);
    Optional<String> access = token(members, "access_token");
    // RFC 6749 section 7.1: a client must not use a token whose type it does not know.
    boolean isBearer = "bearer".equalsIgnoreCase(String.valueOf(members.get("token_type")));
    if (access.isEmpty() || !isBearer) {
      return new TokenAnswer.Unusable("answered no bearer token", refresh);
    }
    return new TokenAnswer.Tokens(access.get(), token(members, "id_token"), refresh);
  }

  private static TokenAnswer failure(JsonFetch.Answer answer) throws FetchException {
    return object(answer).get("error") instanceof String error && ERROR.matcher(error).matches()
        ? new TokenAnswer.Failure(error)
        : new TokenAnswer.Unusable("answered with status " + answer.status());
  }

  private static Map<String, Object> object(JsonFetch.Answer answer) throws FetchException {
    try {
      return StrictJson.object(answer.json());
    } catch (JoseFormatException e) {
      throw new FetchException("answered JSON that is unreadable: " + e.getMessage());
    }
  }

  /** RFC 6749 appendix A.12 and A.17: visible characters only. */
  private static Optional<String> token(Map<String, Object> members, String name) {
    return members.get(name) instanceof String text
            && !text.isEmpty()
            && text.length() <= MAX_TOKEN_CHARS
            && text.chars().allMatch(c -> c > ' ' && c < 0x7f)
        ? Optional.of(text)
        : Optional.empty();
  }
}
