package dev.daypass.oidc.keys;

import dev.daypass.oidc.jose.JoseFormatException;
import dev.daypass.oidc.jose.StrictJson;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A provider's discovery document (OpenID Connect Discovery section 3).
 *
 * @param issuer whose it is
 * @param keys the address of the JWK set
 * @param members all that stands in it, as {@link StrictJson} reads it
 */
public record Discovery(String issuer, URI keys, Map<String, Object> members) {

  public Discovery {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** Fetches the document of that issuer. */
  public static Discovery fetch(String issuer, JsonFetch fetch, Duration timeout)
      throws FetchException {
    byte[] document;
    try {
      document = fetch.fetch(address(issuer), timeout);
    } catch (FetchException e) {
      throw e.of("its discovery document");
    }
    return parse(issuer, document);
  }

  /** OpenID Connect Discovery section 4.1: a terminating slash of the issuer is removed. */
  public static URI address(String issuer) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return URI.create(base + "/.well-known/openid-configuration");
  }

  /** Section 4.3: the issuer named inside must be exactly the one that was asked. */
  static Discovery parse(String issuer, byte[] document) throws FetchException {
    Map<String, Object> members;
    try {
      members = StrictJson.object(document);
    } catch (JoseFormatException e) {
      throw new FetchException("its discovery document is unreadable: " + e.getMessage());
    }
    if (!issuer.equals(members.get("issuer"))) {
      throw new FetchException("its discovery document names another issuer");
    }
    URI keys =
        endpoint(issuer, members, "jwks_uri")
            .orElseThrow(() -> new FetchException("its discovery document names no keys"));
    return new Discovery(issuer, keys, members);
  }

  /** The address under that name, if there is one; one that may not be named is refused. */
  public Optional<URI> endpoint(String name) throws FetchException {
    return endpoint(issuer, members, name);
  }

  private static Optional<URI> endpoint(String issuer, Map<String, Object> members, String name)
      throws FetchException {
    if (!members.containsKey(name)) {
      return Optional.empty();
    }
    try {
      URI address = URI.create(String.valueOf(members.get(name)));
      if (Endpoint.mayName(URI.create(issuer), address)) {
        return Optional.of(address);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the refusal: no URI at all.
    }
    throw new FetchException(
        "its discovery document names an address as " + name + " that is refused");
  }
}
