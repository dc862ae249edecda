package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.config.identity.ClaimsConfig;
import dev.daypass.config.identity.ProviderConfig;
import dev.daypass.config.identity.TokenConfig;
import dev.daypass.oidc.AccountSource;
import dev.daypass.oidc.ClaimRules;
import dev.daypass.oidc.OidcProvider;
import dev.daypass.oidc.TokenRules;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import dev.daypass.oidc.keys.KeyRefresh;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The configured identity providers as {@code oidc} takes them. */
public final class OidcProviders {
  private OidcProviders() {}

  public static List<OidcProvider> of(DaypassConfig config) {
    return config.identity().values().stream().map(OidcProviders::provider).toList();
  }

  private static OidcProvider provider(ProviderConfig config) {
    return new OidcProvider(
        config.name(),
        config.issuer(),
        config.primary(),
        config.kind(),
        tokens(config.tokens(), config.clientId()),
        claims(config.claims()),
        KeyRefresh.DEFAULTS);
  }

  private static TokenRules tokens(TokenConfig config, Optional<String> clientId) {
    Set<String> parties = new HashSet<>(config.audiences());
    clientId.ifPresent(parties::add);
    return new TokenRules(
        config.bearer(),
        Set.copyOf(config.audiences()),
        parties,
        config.algorithms().stream()
            .map(name -> SignatureAlgorithm.named(name).orElseThrow())
            .collect(Collectors.toSet()),
        switch (config.use()) {
          case ID -> TokenRules.TokenUse.ID_TOKEN;
          case ACCESS -> TokenRules.TokenUse.ACCESS_TOKEN;
        },
        config.singleUse(),
        config.clockSkew());
  }

  private static ClaimRules claims(ClaimsConfig config) {
    return new ClaimRules(
        config.username(),
        config.emailDomains(),
        switch (config.account()) {
          case dev.daypass.config.identity.AccountSource.None _ -> new AccountSource.None();
          case dev.daypass.config.identity.AccountSource.LocalPart _ ->
              new AccountSource.LocalPart();
          case dev.daypass.config.identity.AccountSource.Claim(String name) ->
              new AccountSource.Claim(name);
        },
        config.groups(),
        config.mfaMethods(),
        config.mfaContexts());
  }
}
