package dev.daypass.oidc.rules;

import dev.daypass.identity.IdentityKind;
import dev.daypass.oidc.keys.Endpoint;
import dev.daypass.oidc.keys.KeyRefresh;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * One identity provider and what it may say (DESIGN section 4, "Who?").
 *
 * @param name its name in the configuration; groups of a provider that is not primary appear as
 *     {@code NAME/group}
 * @param issuer the exact {@code iss} of its tokens, compared character by character
 * @param primary whether its groups appear bare; one provider at most
 * @param kind who stands behind its tokens
 */
public record OidcProvider(
    String name,
    String issuer,
    boolean primary,
    IdentityKind kind,
    TokenRules tokens,
    ClaimRules claims,
    KeyRefresh keys) {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}");

  /**
   * Checks that the issuer is an https URL without query and fragment (OpenID Connect Discovery
   * section 4.1); plain http is for loopback alone.
   */
  public OidcProvider {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("provider name: " + name);
    }
    URI uri = URI.create(issuer);
    if (!Endpoint.usable(uri) || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("issuer is not an https URL: " + issuer);
    }
  }
}
