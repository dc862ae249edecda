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
 * @param mfaContexts values of {@code acr} or {@code acrs} that mean several factors
 * @param subject the claim that names an identity for ever
 * @param emailVerified the claim that says that the e-mail address is the identity's own
 * @param hostedDomains the only values of {@code hd} that are admitted; none: it does not matter
 */
public record ClaimsConfig(
    String username,
    Set<String> emailDomains,
    AccountSource account,
    Optional<String> groups,
    Set<String> mfaMethods,
    Set<String> mfaContexts,
    String subject,
    String emailVerified,
    Set<String> hostedDomains) {

  static final Set<String> DEFAULT_MFA_METHODS = Set.of("mfa");

  public ClaimsConfig {
    emailDomains = Set.copyOf(emailDomains);
    mfaMethods = Set.copyOf(mfaMethods);
    mfaContexts = Set.copyOf(mfaContexts);
    hostedDomains = Set.copyOf(hostedDomains);
  }
}
