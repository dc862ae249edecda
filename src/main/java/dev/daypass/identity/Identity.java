package dev.daypass.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A person or a service whom an identity provider vouched for (DESIGN section 4, "Who?").
 *
 * @param provider the configured name of the identity provider
 * @param primary whether that provider is the one whose persons policy means by default
 * @param verifiedEmail present only if the provider verified it and may assert its domain
 * @param account the person's own account on servers, for roles that open {@code self}
 * @param groups bare for the primary provider, {@code PROVIDER/group} for others
 * @param claims what else the provider said: strings, booleans, longs, doubles, lists and maps of
 *     these; null members are left out
 * @param authenticatedAt when the identity last proved itself to the provider
 * @param methods how it did, as the provider names it (RFC 8176 "amr")
 * @param mfa whether that was more than one factor
 * @param loginMethod how the login came about: {@code loopback}, {@code device} or {@code bearer}
 */
public record Identity(
    IdentityId id,
    String provider,
    boolean primary,
    IdentityKind kind,
    Username username,
    Optional<Email> verifiedEmail,
    Optional<Account> account,
    Set<String> groups,
    Map<String, Object> claims,
    Optional<Instant> authenticatedAt,
    List<String> methods,
    boolean mfa,
    String loginMethod) {

  public Identity {
    groups = Set.copyOf(groups);
    claims = ClaimValues.copy(claims);
    methods = List.copyOf(methods);
  }

  /** The same identity, come about by another way of logging in. */
  public Identity withLoginMethod(String method) {
    return with(authenticatedAt, methods, mfa, method);
  }

  /**
   * The same identity with how and when it proved itself taken from an earlier account of it: what
   * a provider tells between two sign-ins may leave that out.
   */
  public Identity authenticatedLike(Identity earlier) {
    boolean silent = methods.isEmpty();
    return with(
        authenticatedAt.or(earlier::authenticatedAt),
        silent ? earlier.methods : methods,
        silent ? mfa || earlier.mfa : mfa,
        earlier.loginMethod);
  }

  private Identity with(
      Optional<Instant> newTime, List<String> newMethods, boolean newMfa, String newLoginMethod) {
    return new Identity(
        id,
        provider,
        primary,
        kind,
        username,
        verifiedEmail,
        account,
        groups,
        claims,
        newTime,
        newMethods,
        newMfa,
        newLoginMethod);
  }
}
