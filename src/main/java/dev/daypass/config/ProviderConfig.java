package dev.daypass.config;

import dev.daypass.identity.IdentityKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of the key {@code identity}: an identity provider, its preset already applied.
 *
 * @param name the entry's name; groups of a provider that is not primary appear as {@code
 *     NAME/group}
 * @param issuer the exact {@code iss} of its tokens
 * @param audiences the accepted {@code aud} values, at least one
 * @param emailDomains the only domains whose e-mail addresses it may assert, in lower case
 * @param usernameClaim the claim that becomes the username
 * @param groupsClaim the claim that holds the groups; absent: its groups do not count
 * @param bearer whether its tokens are taken as {@code Authorization: Bearer}
 * @param singleUse whether a token is accepted once only, by its {@code jti}
 * @param algorithms the accepted JWS algorithms
 */
public record ProviderConfig(
    String name,
    Preset preset,
    IdentityKind kind,
    boolean primary,
    String issuer,
    Optional<String> clientId,
    Optional<Secret> clientSecret,
    List<String> audiences,
    AccountSource account,
    Set<String> emailDomains,
    String usernameClaim,
    Optional<String> groupsClaim,
    boolean bearer,
    boolean singleUse,
    Set<String> algorithms) {

  public ProviderConfig {
    audiences = List.copyOf(audiences);
    emailDomains = Set.copyOf(emailDomains);
    algorithms = Set.copyOf(algorithms);
  }
}
