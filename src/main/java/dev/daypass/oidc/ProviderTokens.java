package dev.daypass.oidc;

import dev.daypass.identity.Authentication;
import dev.daypass.identity.Authentication.Authenticated;
import dev.daypass.identity.Authentication.Refused;
import dev.daypass.identity.Authentication.Unavailable;
import dev.daypass.oidc.TokenVerifier.Verdict;
import dev.daypass.oidc.jose.CompactJws;
import dev.daypass.oidc.keys.JsonFetch;
import dev.daypass.oidc.keys.KeySource;
import dev.daypass.oidc.keys.ProviderKeys;
import dev.daypass.oidc.rules.OidcProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

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
  private final TokenVerifier verifier;
  private final IdentityMapping mapping;
  private final UsedTokens used = new UsedTokens(MAX_USED_TOKENS);
  private final InstantSource clock;
  private final Instant startedAt;

  ProviderTokens(
      OidcProvider provider, ProviderKeys keys, IdentityMapping mapping, InstantSource clock) {
    this.provider = provider;
    this.keys = keys;
    this.checks = new TokenChecks(provider.tokens(), clock);
    this.verifier = new TokenVerifier(provider, checks, keys);
    this.mapping = mapping;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /**
   * @param all the names of all configured providers
   */
  static ProviderTokens of(
      OidcProvider provider, Set<String> all, JsonFetch fetch, InstantSource clock) {
    KeySource source = new KeySource(provider.issuer(), provider.keys().timeout(), fetch, clock);
    return new ProviderTokens(
        provider,
        new ProviderKeys(source, provider.keys(), clock),
        IdentityMapping.of(provider, all),
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
    return switch (verifier.verify(token)) {
      case Verdict.Unknown(String detail) -> new Unavailable(detail);
      case Verdict.Rejected(Refused refused) -> refused;
      case Verdict.Verified(Claims claims, _) -> identify(claims);
    };
  }

  /** The signature is good: from here on it is known who is refused. */
  private Authentication identify(Claims claims) {
    try {
      Instant expiry = TokenChecks.expiry(claims);
      return mapping.authentication(claims, "bearer", Optional.of(expiry));
    } catch (ClaimException e) {
      return e.refused();
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
