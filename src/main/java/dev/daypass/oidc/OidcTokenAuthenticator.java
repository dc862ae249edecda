package dev.daypass.oidc;

import dev.daypass.identity.Authentication;
import dev.daypass.identity.TokenAuthenticator;
import dev.daypass.oidc.jose.CompactJws;
import dev.daypass.oidc.jose.JoseFormatException;
import dev.daypass.oidc.keys.JsonFetch;
import dev.daypass.oidc.rules.OidcProvider;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Authenticates bearer tokens of the configured identity providers. */
public final class OidcTokenAuthenticator implements TokenAuthenticator, AutoCloseable {
  private final JsonFetch fetch = new JsonFetch();
  private final Map<String, ProviderTokens> byIssuer;

  /**
   * Nothing is fetched until a token or {@link #warmUp} needs it: an identity provider that is down
   * does not keep the daemon from starting.
   *
   * @throws IllegalArgumentException if two providers share a name or an issuer, or both are
   *     primary
   */
  public OidcTokenAuthenticator(List<OidcProvider> providers, InstantSource clock) {
    Set<String> names = names(providers);
    Map<String, ProviderTokens> tokens = new HashMap<>();
    for (OidcProvider provider : providers) {
      ProviderTokens own = ProviderTokens.of(provider, names, fetch, clock);
      if (tokens.put(provider.issuer(), own) != null) {
        throw new IllegalArgumentException("two providers with one issuer: " + provider.issuer());
      }
    }
    byIssuer = Map.copyOf(tokens);
  }

  /**
   * Fetches the keys of every provider in the background, so that the first token need not wait.
   */
  public void warmUp() {
    byIssuer.values().forEach(ProviderTokens::warmUp);
  }

  @Override
  public Authentication authenticate(String bearerToken) {
    CompactJws token;
    try {
      token = CompactJws.parse(bearerToken);
    } catch (JoseFormatException e) {
      return malformed(e);
    }
    ProviderTokens provider =
        token.payload().get("iss") instanceof String issuer ? byIssuer.get(issuer) : null;
    return provider == null ? foreign() : provider.authenticate(token);
  }

  @Override
  public void close() {
    fetch.close();
  }

  static Set<String> names(List<OidcProvider> providers) {
    Set<String> names =
        providers.stream().map(OidcProvider::name).collect(Collectors.toUnmodifiableSet());
    if (names.size() < providers.size()) {
      throw new IllegalArgumentException("two providers with one name");
    }
    if (providers.stream().filter(OidcProvider::primary).count() > 1) {
      throw new IllegalArgumentException("two primary providers");
    }
    return names;
  }

  static Authentication malformed(JoseFormatException e) {
    return TokenRefusal.MALFORMED.because("The token is unreadable: " + e.getMessage() + ".");
  }

  static Authentication foreign() {
    return TokenRefusal.ISSUER.because("The token's issuer is no configured identity provider.");
  }
}
