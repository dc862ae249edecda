package dev.daypass.config.identity;

import java.util.Optional;
import java.util.Set;

/**
 * What an identity provider's claims mean.
 *
 * @param username the claim that becomes the username
 * @param emailDomains the only domains whose e-mail addresses it may assert, in lower case
 * @param groups the claim that holds the groups; absent: its groups do not count
 * @param mfaMethods values of {@code amr} that mean several factors (RFC 8176)
 * @param mfaContexts values of {@code acr} that mean several factors
 */
public record ClaimsConfig(
    String username,
    Set<String> emailDomains,
    AccountSource account,
    Optional<String> groups,
    Set<String> mfaMethods,
    Set<String> mfaContexts) {

  static final Set<String> DEFAULT_MFA_METHODS = Set.of("mfa");

  public ClaimsConfig {
    emailDomains = Set.copyOf(emailDomains);
    mfaMethods = Set.copyOf(mfaMethods);
    mfaContexts = Set.copyOf(mfaContexts);
  }
}
