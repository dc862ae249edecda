package dev.daypass;

import dev.daypass.config.ClaimsConfig;
import dev.daypass.config.ProviderConfig;
import dev.daypass.config.TokenConfig;
import dev.daypass.oidc.AccountSource;
import dev.daypass.oidc.ClaimRules;
import dev.daypass.oidc.KeyRefresh;
import dev.daypass.oidc.OidcProvider;
import dev.daypass.oidc.TokenRules;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells the OIDC adapter what the configuration says of each identity provider. */
final class ProviderWiring {
  private ProviderWiring() {}

  static List<OidcProvider> of(Map<String, ProviderConfig> providers) {
    return providers.values().stream().map(ProviderWiring::provider).toList();
  }

  private static OidcProvider provider(ProviderConfig config) {
    return new OidcProvider(
        config.name(),
        config.issuer(),
        config.primary(),
        config.kind(),
        tokens(config),
        claims(config.claims()),
        KeyRefresh.DEFAULTS);
  }

  private static TokenRules tokens(ProviderConfig config) {
    TokenConfig tokens = config.tokens();
    Set<String> parties = new HashSet<>(tokens.audiences());
    config.clientId().ifPresent(parties::add);
    return new TokenRules(
        tokens.bearer(),
        Set.copyOf(tokens.audiences()),
        parties,
        tokens.algorithms().stream()
            .map(SignatureAlgorithm::named)
            .flatMap(Optional::stream)
            .collect(Collectors.toUnmodifiableSet()),
        switch (tokens.use()) {
          case ID -> TokenRules.TokenUse.ID_TOKEN;
          case ACCESS -> TokenRules.TokenUse.ACCESS_TOKEN;
        },
        tokens.singleUse(),
        tokens.clockSkew());
  }

  private static ClaimRules claims(ClaimsConfig claims) {
    return new ClaimRules(
        claims.username(),
        claims.emailDomains(),
        account(claims.account()),
        claims.groups(),
        claims.mfaMethods(),
        claims.mfaContexts());
  }

  private static AccountSource account(dev.daypass.config.AccountSource source) {
    return switch (source) {
      case dev.daypass.config.AccountSource.None _ -> new AccountSource.None();
      case dev.daypass.config.AccountSource.LocalPart _ -> new AccountSource.LocalPart();
      case dev.daypass.config.AccountSource.Claim(var name) -> new AccountSource.Claim(name);
    };
  }
}
