package dev.daypass.oidc.signin;

import dev.daypass.oidc.keys.Discovery;
import dev.daypass.oidc.keys.FetchException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a provider says of its endpoints (OpenID Connect Discovery section 3, RFC 8414, RFC 9207
 * section 3). What it leaves out is an empty list.
 *
 * @param revocation where a token that is no longer needed is given back (RFC 7009)
 * @param namesIssuer whether it promises an {@code iss} in every callback
 */
record ProviderMetadata(
    URI authorization,
    URI token,
    Optional<URI> userinfo,
    Optional<URI> revocation,
    boolean namesIssuer,
    List<String> challengeMethods,
    List<String> clientAuthentication,
    List<String> scopes,
    List<String> grants) {

  static ProviderMetadata of(Discovery discovery) throws FetchException {
    URI authorization = required(discovery, "authorization_endpoint");
    // RFC 6749 section 3.1: the endpoint has no fragment.
    if (authorization.getRawFragment() != null) {
      throw new FetchException("its authorization endpoint has a fragment");
    }
    return new ProviderMetadata(
        authorization,
        required(discovery, "token_endpoint"),
        discovery.endpoint("userinfo_endpoint"),
        revocation(discovery),
        Boolean.TRUE.equals(
            discovery.members().get("authorization_response_iss_parameter_supported")),
        texts(discovery, "code_challenge_methods_supported"),
        texts(discovery, "token_endpoint_auth_methods_supported"),
        texts(discovery, "scopes_supported"),
        texts(discovery, "grant_types_supported"));
  }

  private static URI required(Discovery discovery, String name) throws FetchException {
    return discovery
        .endpoint(name)
        .orElseThrow(() -> new FetchException("its discovery document names no " + name));
  }

  /** RFC 8414 section 2. No login depends on it: one that may not be named is as good as none. */
  private static Optional<URI> revocation(Discovery discovery) {
    try {
      return discovery.endpoint("revocation_endpoint");
    } catch (FetchException e) {
      return Optional.empty();
    }
  }

  private static List<String> texts(Discovery discovery, String name) {
    return discovery.members().get(name) instanceof List<?> values
        ? values.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
