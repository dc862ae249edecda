package dev.daypass.oidc;

import dev.daypass.identity.Authentication;
import dev.daypass.oidc.jose.CompactJws;
import dev.daypass.oidc.jose.JoseFormatException;
import dev.daypass.oidc.keys.Discovery;
import dev.daypass.oidc.keys.FetchException;
import dev.daypass.oidc.keys.JsonFetch;
import dev.daypass.oidc.keys.KeySource;
import dev.daypass.oidc.rules.OidcProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Asks an identity provider the questions of {@code daypassd idp test NAME}. */
public final class ProviderProbe {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<OidcProvider> providers;
  private final Set<String> names;
  private final InstantSource clock;

  /**
   * @param providers all configured providers, because their names matter to each other's groups
   */
  public ProviderProbe(List<OidcProvider> providers, InstantSource clock) {
    this.providers = List.copyOf(providers);
    this.names = OidcTokenAuthenticator.names(providers);
    this.clock = clock;
  }

  /**
   * Fetches discovery and keys of the named provider afresh and, if a token is given, says who it
   * would be. The token is not used up, and may be one that {@code bearer: false} refuses.
   *
   * @throws IllegalArgumentException if no provider has that name
   */
  public ProbeReport probe(String name, Optional<String> token) {
    OidcProvider provider =
        providers.stream()
            .filter(p -> p.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no provider is named " + name));
    try (JsonFetch fetch = new JsonFetch()) {
      String problem = null;
      List<String> keys = List.of();
      try {
        keys =
            new KeySource(provider.issuer(), provider.keys().timeout(), fetch, clock)
                .read()
                .descriptions();
      } catch (FetchException e) {
        problem = e.getMessage();
      }
      TokenFindings findings =
          token.map(text -> findings(provider, text, fetch)).orElse(TokenFindings.NONE);
      return new ProbeReport(
          provider.name(),
          provider.issuer(),
          Discovery.address(provider.issuer()).toString(),
          Optional.ofNullable(problem),
          keys,
          Optional.ofNullable(findings.authentication()),
          findings.claims(),
          findings.warnings());
    }
  }

  private record TokenFindings(
      @Nullable Authentication authentication,
      SortedMap<String, String> claims,
      List<String> warnings) {
    static final TokenFindings NONE = new TokenFindings(null, new TreeMap<>(), List.of());
  }

  private TokenFindings findings(OidcProvider provider, String text, JsonFetch fetch) {
    CompactJws token;
    try {
      token = CompactJws.parse(text);
    } catch (JoseFormatException e) {
      return new TokenFindings(OidcTokenAuthenticator.malformed(e), new TreeMap<>(), List.of());
    }
    Claims claims = Claims.ofToken(token.payload());
    boolean own = provider.issuer().equals(token.payload().get("iss"));
    Authentication authentication =
        own
            ? ProviderTokens.of(provider, names, fetch, clock).examine(token)
            : OidcTokenAuthenticator.foreign();
    return new TokenFindings(
        authentication,
        shown(claims.without(Set.of())),
        new ProbeWarnings(provider, names).of(token.header(), claims));
  }

  private static SortedMap<String, String> shown(Map<String, Object> claims) {
    SortedMap<String, String> shown = new TreeMap<>();
    claims.forEach((name, value) -> shown.put(name, JSON.writeValueAsString(value)));
    return shown;
  }
}
