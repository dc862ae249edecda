package dev.daypass.oidc;

import dev.daypass.oidc.jose.JoseHeader;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import dev.daypass.oidc.rules.TokenRules;
import dev.daypass.oidc.rules.TokenRules.TokenUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What must hold of a token beside its signature (CASES 45 to 47). */
final class TokenChecks {
  /** RFC 9068 section 2.1. */
  private static final Set<String> ACCESS_TYPES = Set.of("at+jwt", "application/at+jwt");

  /** RFC 7519 section 5.1. */
  private static final Set<String> PLAIN_TYPES = Set.of("jwt", "application/jwt");

  private final TokenRules rules;
  private final InstantSource clock;

  TokenChecks(TokenRules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /** Checks all but issuer and signature, and returns the algorithm to verify with. */
  SignatureAlgorithm check(JoseHeader header, Claims claims) throws ClaimException {
    SignatureAlgorithm algorithm =
        header
            .algorithm()
            .filter(rules.algorithms()::contains)
            .orElseThrow(() ->
                new ClaimException(
                    TokenRefusal.ALGORITHM,
                    "The token is signed with an algorithm that is not accepted of its"
                        + " identity provider."));
    checkType(header, claims);
    checkAudience(claims);
    checkTimes(claims);
    return algorithm;
  }

  /** When a token stops being accepted. */
  Instant end(Claims claims) throws ClaimException {
    return expiry(claims).plus(rules.clockSkew());
  }

  /** The {@code exp} claim, without which no token is accepted. */
  static Instant expiry(Claims claims) throws ClaimException {
    return claims
        .time("exp")
        .orElseThrow(
            () -> new ClaimException(TokenRefusal.CLAIMS, "The claim \"exp\" is missing."));
  }

  /**
   * Tells ID tokens, access tokens, and all else that a provider signs apart (RFC 8725 section
   * 3.11): by the header's {@code typ}, and by what providers put into the payload.
   */
  private void checkType(JoseHeader header, Claims claims) throws ClaimException {
    String type = header.type().orElse("JWT").toLowerCase(Locale.ROOT);
    Optional<String> marked = payloadMark(claims);
    boolean good =
        switch (rules.use()) {
          case ID_TOKEN ->
              PLAIN_TYPES.contains(type) && marked.map(m -> m.equals("id")).orElse(true);
          case ACCESS_TOKEN ->
              ACCESS_TYPES.contains(type)
                  || (PLAIN_TYPES.contains(type)
                      && marked.map(m -> m.equals("bearer") || m.equals("access")).orElse(false));
        };
    // A logout token is a security event (OpenID Connect Back-Channel Logout section 2.6).
    if (!good || claims.has("events")) {
      String wanted = rules.use() == TokenUse.ID_TOKEN ? "ID token" : "access token";
      throw new ClaimException(TokenRefusal.TYPE, "The token is not an " + wanted + ".");
    }
    // RFC 7800, RFC 9449 section 7.1: a bound token is worth nothing without its key.
    if (claims.has("cnf")) {
      throw new ClaimException(TokenRefusal.BOUND, "The token is bound to a key of its own.");
    }
  }

  /** Keycloak marks its tokens with {@code typ} in the payload, Cognito with {@code token_use}. */
  private static Optional<String> payloadMark(Claims claims) throws ClaimException {
    Optional<String> mark = claims.has("typ") ? claims.text("typ") : claims.text("token_use");
    return mark.map(m -> m.toLowerCase(Locale.ROOT));
  }

  /**
   * OpenID Connect Core section 3.1.3.7, steps 3 to 5, and stricter: whoever shares the audience
   * with others must say by {@code azp} that it was meant for us.
   */
  private void checkAudience(Claims claims) throws ClaimException {
    List<String> audience = claims.textOrTexts("aud");
    if (audience.stream().noneMatch(rules.audiences()::contains)) {
      throw new ClaimException(TokenRefusal.AUDIENCE, "The token is meant for somebody else.");
    }
    Optional<String> party = claims.text("azp");
    if (party.isEmpty() && audience.size() > 1) {
      throw new ClaimException(
          TokenRefusal.AUDIENCE, "The token has several audiences and no authorized party.");
    }
    if (party.isPresent() && !rules.authorizedParties().contains(party.get())) {
      throw new ClaimException(
          TokenRefusal.AUDIENCE, "The token was issued to another client (azp).");
    }
  }

  /** RFC 7519 sections 4.1.4 to 4.1.6. */
  private void checkTimes(Claims claims) throws ClaimException {
    Instant now = clock.instant();
    Duration skew = rules.clockSkew();
    if (!now.isBefore(end(claims))) {
      throw new ClaimException(TokenRefusal.EXPIRED, "The token has expired.");
    }
    Instant latest = now.plus(skew);
    for (String name : List.of("nbf", "iat", "auth_time")) {
      if (claims.time(name).map(latest::isBefore).orElse(false)) {
        throw new ClaimException(
            TokenRefusal.NOT_YET_VALID, "The claim \"" + name + "\" lies in the future.");
      }
    }
  }
}
