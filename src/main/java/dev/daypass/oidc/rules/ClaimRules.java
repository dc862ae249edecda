package dev.daypass.oidc.rules;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a provider's claims mean (DESIGN sections 4 and 5).
 *
 * @param username the claim that becomes the username; {@code email} stands for the verified
 *     address
 * @param emailDomains the only domains whose addresses the provider may assert, compared in lower
 *     case; none: it asserts no address
 * @param groups the claim that holds the groups; absent: this provider's groups do not count
 * @param mfaMethods values of {@code amr} that say that several factors were used (RFC 8176)
 * @param mfaContexts values of {@code acr}, or of Entra ID's {@code acrs}, that say so
 * @param names how the provider calls what others have standard names for
 * @param hostedDomains the only values of {@code hd} that are admitted; none: it does not matter
 */
public record ClaimRules(
    String username,
    Set<String> emailDomains,
    AccountSource account,
    Optional<String> groups,
    Set<String> mfaMethods,
    Set<String> mfaContexts,
    ClaimNames names,
    Set<String> hostedDomains) {

  /** RFC 8176 section 2: "multiple-factor authentication". */
  private static final Set<String> MFA_METHODS = Set.of("mfa");

  public ClaimRules {
    emailDomains =
        emailDomains.stream()
            .map(domain -> domain.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    mfaMethods = Set.copyOf(mfaMethods);
    mfaContexts = Set.copyOf(mfaContexts);
    hostedDomains = Set.copyOf(hostedDomains);
    if (username.isEmpty()) {
      throw new IllegalArgumentException("a username claim is needed");
    }
  }

  /**
   * Claims that a provider may call otherwise.
   *
   * @param subject what never changes for an identity and is nobody else's
   * @param emailVerified what says that the e-mail address is the identity's own
   */
  public record ClaimNames(String subject, String emailVerified) {
    /** OpenID Connect Core section 5.1. */
    public static final ClaimNames STANDARD = new ClaimNames("sub", "email_verified");

    /**
     * Microsoft, "ID token claims reference": {@code oid} is immutable and the same for every
     * application, {@code sub} changes with the client; "Optional claims reference": {@code
     * xms_edov}.
     */
    public static final ClaimNames ENTRA = new ClaimNames("oid", "xms_edov");
  }

  /** Rules that read the username from a claim and nothing else. */
  public static ClaimRules username(String claim) {
    return new ClaimRules(
        claim,
        Set.of(),
        new AccountSource.None(),
        Optional.empty(),
        MFA_METHODS,
        Set.of(),
        ClaimNames.STANDARD,
        Set.of());
  }

  /** The same rules, with addresses of these domains believed. */
  public ClaimRules withEmailDomains(String... domains) {
    return new ClaimRules(
        username, Set.of(domains), account, groups, mfaMethods, mfaContexts, names, hostedDomains);
  }

  /** The same rules with another source of accounts. */
  public ClaimRules withAccount(AccountSource source) {
    return new ClaimRules(
        username, emailDomains, source, groups, mfaMethods, mfaContexts, names, hostedDomains);
  }

  /** The same rules, with the groups of that claim counting. */
  public ClaimRules withGroups(String claim) {
    return new ClaimRules(
        username,
        emailDomains,
        account,
        Optional.of(claim),
        mfaMethods,
        mfaContexts,
        names,
        hostedDomains);
  }

  /** The same rules, with these {@code acr} values meaning several factors. */
  public ClaimRules withMfaContexts(String... contexts) {
    return new ClaimRules(
        username,
        emailDomains,
        account,
        groups,
        mfaMethods,
        Set.of(contexts),
        names,
        hostedDomains);
  }

  /** The same rules with other names of claims. */
  public ClaimRules withNames(ClaimNames others) {
    return new ClaimRules(
        username, emailDomains, account, groups, mfaMethods, mfaContexts, others, hostedDomains);
  }

  /** The same rules for accounts of these hosted domains alone. */
  public ClaimRules withHostedDomains(String... domains) {
    return new ClaimRules(
        username, emailDomains, account, groups, mfaMethods, mfaContexts, names, Set.of(domains));
  }
}
