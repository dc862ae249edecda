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
 * @param loginMethod how the login came about: {@code loopback}, {@code device}, {@code bearer} or
 *     {@code console}
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

  /** The same, as having come by this way. */
  public Identity by(String method) {
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
        authenticatedAt,
        methods,
        mfa,
        method);
  }

  /** The same, as having authenticated at this time. */
  public Identity authenticated(Optional<Instant> at) {
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
        at,
        methods,
        mfa,
        loginMethod);
  }
}
