package dev.daypass.oidc.signin;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Who the daemon is to a provider, and how it proves that. Prints no secret. */
public final class ClientCredentials {

  /** OpenID Connect Core section 9: {@code client_secret_basic} and {@code client_secret_post}. */
  public enum Method {
    BASIC,
    POST
  }

  private final String id;
  private final Optional<String> secret;
  private final Optional<Method> method;

  private ClientCredentials(String id, Optional<String> secret, Optional<Method> method) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a client id is needed");
    }
    this.id = id;
    this.secret = secret;
    this.method = method;
  }

  /** A public client: PKCE alone ties the code to it. */
  public static ClientCredentials ofPublic(String id) {
    return new ClientCredentials(id, Optional.empty(), Optional.empty());
  }

  /**
   * A confidential client.
   *
   * @param method absent: as the provider says that it takes secrets
   */
  public static ClientCredentials of(String id, String secret, Optional<Method> method) {
    return new ClientCredentials(id, Optional.of(secret), method);
  }

  String id() {
    return id;
  }

  boolean isPublic() {
    return secret.isEmpty();
  }

  /** How the secret is shown, given what the provider takes; absent for a public client. */
  Optional<Method> method(List<String> offered) {
    if (secret.isEmpty()) {
      return Optional.empty();
    }
    // OpenID Connect Discovery section 3: client_secret_basic where nothing is said.
    boolean postOnly =
        offered.contains("client_secret_post") && !offered.contains("client_secret_basic");
    return method.or(() -> Optional.of(postOnly ? Method.POST : Method.BASIC));
  }

  /** Whether the provider says that it takes a client that shows itself as this one does. */
  boolean isTaken(List<String> offered) {
    String way =
        switch (method(offered).orElse(null)) {
          case BASIC -> "client_secret_basic";
          case POST -> "client_secret_post";
          case null -> "none";
        };
    // Many take public clients and do not say so.
    return offered.isEmpty() || offered.contains(way) || way.equals("none");
  }

  /** A request to the token endpoint in this client's name. */
  TokenRequest request(URI endpoint, AuthorizationGrant grant, List<String> offered) {
    return authentication(offered)
        .map(how -> new TokenRequest.Builder(endpoint, how, grant))
        .orElseGet(() -> new TokenRequest.Builder(endpoint, new ClientID(id), grant))
        .build();
  }

  /** A request to give a refresh token back, in this client's name (RFC 7009 section 2.1). */
  TokenRevocationRequest revocation(URI endpoint, RefreshToken token, List<String> offered) {
    return authentication(offered)
        .map(how -> new TokenRevocationRequest(endpoint, how, token))
        .orElseGet(() -> new TokenRevocationRequest(endpoint, new ClientID(id), token));
  }

  private Optional<ClientAuthentication> authentication(List<String> offered) {
    ClientID clientId = new ClientID(id);
    return method(offered)
        .map(how ->
            switch (how) {
              case BASIC -> new ClientSecretBasic(clientId, new Secret(secret.orElseThrow()));
              case POST -> new ClientSecretPost(clientId, new Secret(secret.orElseThrow()));
            });
  }

  @Override
  public String toString() {
    return "ClientCredentials[" + id + (isPublic() ? "]" : ", (secret)]");
  }
}
