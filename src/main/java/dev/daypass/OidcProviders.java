package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.config.identity.ClaimsConfig;
import dev.daypass.config.identity.ProviderConfig;
import dev.daypass.config.identity.SignInConfig;
import dev.daypass.config.identity.TokenConfig;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import dev.daypass.oidc.keys.KeyRefresh;
import dev.daypass.oidc.rules.AccountSource;
import dev.daypass.oidc.rules.ClaimRules;
import dev.daypass.oidc.rules.OidcProvider;
import dev.daypass.oidc.rules.TokenRules;
import dev.daypass.oidc.signin.ClientCredentials;
import dev.daypass.oidc.signin.OidcSignIn;
import dev.daypass.oidc.signin.SignInClient;
import dev.daypass.oidc.signin.SignInStyle;
import java.time.InstantSource;
import java.util.Comparator;
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

  /** Those at which persons sign in, as they are offered: the primary one first. */
  public static List<SignInClient> signIns(DaypassConfig config) {
    return config.identity().values().stream()
        .sorted(Comparator.comparing(ProviderConfig::primary).reversed())
        .flatMap(provider -> provider.signIn().map(s -> client(provider, s)).stream())
        .toList();
  }

  /** Where they sign in. */
  public static OidcSignIn signIn(DaypassConfig config, InstantSource clock) {
    return new OidcSignIn(signIns(config), config.identity().keySet(), config.url(), clock);
  }

  private static SignInClient client(ProviderConfig config, SignInConfig signIn) {
    return new SignInClient(
        provider(config),
        signIn.title(),
        credentials(config, signIn),
        new SignInStyle(
            signIn.scopes(),
            signIn.prompt(),
            signIn.parameters(),
            signIn.refresh(),
            signIn.userinfo(),
            signIn.freshByPrompt()));
  }

  private static ClientCredentials credentials(ProviderConfig config, SignInConfig signIn) {
    String id = config.clientId().orElseThrow();
    if (config.clientSecret().isEmpty()) {
      return ClientCredentials.ofPublic(id);
    }
    Optional<ClientCredentials.Method> method =
        signIn
            .clientAuth()
            .flatMap(auth ->
                switch (auth) {
                  case BASIC -> Optional.of(ClientCredentials.Method.BASIC);
                  case POST -> Optional.of(ClientCredentials.Method.POST);
                  case NONE -> Optional.empty();
                });
    return ClientCredentials.of(id, config.clientSecret().get().reveal(), method);
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
        config.mfaContexts(),
        new ClaimRules.ClaimNames(config.subject(), config.emailVerified()),
        config.hostedDomains());
  }
}
