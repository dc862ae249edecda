package dev.daypass.oidc.keys;

import dev.daypass.oidc.jose.JoseFormatException;
import dev.daypass.oidc.jose.StrictJson;
import java.net.URI;
import java.util.Map;

/**
 * What a discovery document says of its provider's keys (OpenID Connect Discovery section 3).
 *
 * @param keys the address of the JWK set
 */
public record Discovery(URI keys) {

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
    if (!(members.get("jwks_uri") instanceof String address)) {
      throw new FetchException("its discovery document names no keys");
    }
    try {
      URI keys = URI.create(address);
      if (Endpoint.mayName(URI.create(issuer), keys)) {
        return new Discovery(keys);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the refusal: no URI at all.
    }
    throw new FetchException(
        "its discovery document names an address for its keys that is refused");
  }
}
