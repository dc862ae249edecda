package dev.daypass.cli;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.identity.AccountSource;
import dev.daypass.config.identity.ProviderConfig;
import dev.daypass.config.yaml.NearestWord;
import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Username;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes up the identity that {@code explain} asks about, as its provider would have it. */
final class Asker {
  private final DaypassConfig config;

  Asker(DaypassConfig config) {
    this.config = config;
  }

  Identity identity(
      String as,
      Optional<String> providerName,
      Set<String> groups,
      Map<String, String> claims,
      Instant now)
      throws CommandRefused {
    ProviderConfig provider = provider(providerName);
    Username username =
        Username.parse(as)
            .orElseThrow(() -> new CommandRefused("--as is no username", "name somebody"));
    Optional<Email> email =
        Email.parse(as).filter(e -> provider.claims().emailDomains().contains(e.domain()));
    return new Identity(
        new IdentityId(provider.issuer(), as),
        provider.name(),
        provider.primary(),
        provider.kind(),
        username,
        email,
        account(provider, email, claims),
        qualified(provider, groups),
        Map.copyOf(claims),
        Optional.of(now),
        List.of(),
        false,
        "bearer");
  }

  private ProviderConfig provider(Optional<String> name) throws CommandRefused {
    if (name.isPresent()) {
      ProviderConfig provider = config.identity().get(name.get());
      if (provider == null) {
        throw unknown(config, name.get());
      }
      return provider;
    }
    return config.identity().values().stream()
        .filter(ProviderConfig::primary)
        .findFirst()
        .orElseThrow(() ->
            new CommandRefused(
                "no identity provider is primary",
                "say which one with --provider: " + String.join(", ", config.identity().keySet())));
  }

  static CommandRefused unknown(DaypassConfig config, String name) {
    String known = "known: " + String.join(", ", config.identity().keySet());
    return new CommandRefused(
        "no identity provider is named " + name,
        NearestWord.to(name, config.identity().keySet())
            .map(near -> "did you mean " + near + "? " + known)
            .orElse(known));
  }

  private static Optional<Account> account(
      ProviderConfig provider, Optional<Email> email, Map<String, String> claims) {
    return switch (provider.claims().account()) {
      case AccountSource.None _ -> Optional.empty();
      case AccountSource.LocalPart _ -> email.flatMap(e -> Account.parse(e.localPart()));
      case AccountSource.Claim(String claim) ->
          Optional.ofNullable(claims.get(claim)).flatMap(Account::parse);
    };
  }

  /** As DESIGN section 4 has it: bare groups are the primary provider's alone. */
  private static Set<String> qualified(ProviderConfig provider, Set<String> groups) {
    Set<String> qualified = new TreeSet<>();
    String prefix = provider.name() + "/";
    for (String group : groups) {
      boolean bare = provider.primary() || group.startsWith(prefix);
      qualified.add(bare ? group : prefix + group);
    }
    return qualified;
  }
}
