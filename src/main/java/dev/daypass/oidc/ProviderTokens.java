package dev.daypass.oidc;

import dev.daypass.identity.Authentication;
import dev.daypass.identity.Authentication.Authenticated;
import dev.daypass.identity.Authentication.Refused;
import dev.daypass.identity.Authentication.Unavailable;
import dev.daypass.identity.IdentityId;
import dev.daypass.oidc.jose.CompactJws;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import dev.daypass.oidc.keys.JsonFetch;
import dev.daypass.oidc.keys.KeySource;
import dev.daypass.oidc.keys.ProviderKeys;
import dev.daypass.oidc.keys.ProviderKeys.Search;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All that is done with the tokens of one identity provider, in its order. */
final class ProviderTokens {
  private static final int MAX_USED_TOKENS = 100_000;
  private static final int MAX_TOKEN_ID_CHARS = 256;

  /**
   * A token that may have been used before the memory of used ones began is refused; the margin is
   * that of signed requests (DESIGN section 4, "Requests").
   */
  private static final Duration RESTART_MARGIN = Duration.ofSeconds(2);

  private final OidcProvider provider;
  private final ProviderKeys keys;
  private final TokenChecks checks;
  private final IdentityMapping mapping;
  private final UsedTokens used = new UsedTokens(MAX_USED_TOKENS);
  private final InstantSource clock;
  private final Instant startedAt;

  ProviderTokens(
      OidcProvider provider, ProviderKeys keys, IdentityMapping mapping, InstantSource clock) {
    this.provider = provider;
    this.keys = keys;
    this.checks = new TokenChecks(provider.tokens(), clock);
    this.mapping = mapping;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /**
   * @param all the names of all configured providers
   */
  static ProviderTokens of(
      OidcProvider provider, Set<String> all, JsonFetch fetch, InstantSource clock) {
    Set<String> others =
        all.stream().filter(n -> !n.equals(provider.name())).collect(Collectors.toSet());
    KeySource source = new KeySource(provider.issuer(), provider.keys().timeout(), fetch, clock);
    return new ProviderTokens(
        provider,
        new ProviderKeys(source, provider.keys(), clock),
        new IdentityMapping(provider, new GroupMapping(provider, others)),
        clock);
  }

  void warmUp() {
    keys.warmUp();
  }

  /** Authenticates a bearer token, and uses it up if it is for single use. */
  Authentication authenticate(CompactJws token) {
    if (!provider.tokens().bearer()) {
      return TokenRefusal.NOT_ACCEPTED.because(
          "Tokens of the identity provider \"" + provider.name() + "\" are not accepted here.");
    }
    return switch (examine(token)) {
      case Authenticated authenticated ->
          provider.tokens().singleUse() ? firstUse(token, authenticated) : authenticated;
      case Refused refused -> refused;
      case Unavailable unavailable -> unavailable;
    };
  }

  /** Says whom a token stands for, and remembers nothing. */
  Authentication examine(CompactJws token) {
    Claims claims = Claims.ofToken(token.payload());
    try {
      SignatureAlgorithm algorithm = checks.check(token.header(), claims);
      return switch (keys.find(algorithm, token.header().keyId())) {
        case Search.Unreachable(String detail) ->
            new Unavailable("Identity provider \"" + provider.name() + "\": " + detail + ".");
        case Search.NoSuchKey _ ->
            TokenRefusal.KEY_UNKNOWN.because("The token's key is none of its provider's keys.");
        case Search.Found(var candidates) ->
            candidates.stream().anyMatch(token::verifies)
                ? identify(claims)
                : TokenRefusal.SIGNATURE.because("The token's signature does not verify.");
      };
    } catch (ClaimException e) {
      return e.refused();
    }
  }

  /** The signature is good: from here on it is known who is refused. */
  private Authentication identify(Claims claims) throws ClaimException {
    Instant expiry = TokenChecks.expiry(claims);
    IdentityId id = mapping.id(claims.ofIdentity());
    try {
      return new Authenticated(
          mapping.identity(claims.ofIdentity(), "bearer"), Optional.of(expiry));
    } catch (ClaimException e) {
      return e.refused().of(id);
    }
  }

  private Authentication firstUse(CompactJws token, Authenticated authenticated) {
    Claims claims = Claims.ofToken(token.payload());
    try {
      String id = claims.requiredText("jti");
      Instant issuedAt = claims.time("iat").orElse(Instant.MIN);
      if (id.length() > MAX_TOKEN_ID_CHARS) {
        return TokenRefusal.CLAIMS.because("The claim \"jti\" is too long.");
      }
      if (!issuedAt.isAfter(startedAt.plus(RESTART_MARGIN))) {
        return TokenRefusal.RESTARTED.because("The token may have been used before the start.");
      }
      return switch (used.use(id, checks.end(claims), clock.instant())) {
        case FIRST -> authenticated;
        case AGAIN -> TokenRefusal.REPLAYED.because("The token has been used.");
        case NO_ROOM -> new Unavailable("Too many single-use tokens are being remembered.");
      };
    } catch (ClaimException e) {
      return e.refused();
    }
  }
}
