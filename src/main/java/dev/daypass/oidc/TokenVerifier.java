package dev.daypass.oidc;

import dev.daypass.identity.Authentication.Refused;
import dev.daypass.oidc.jose.CompactJws;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import dev.daypass.oidc.keys.ProviderKeys;
import dev.daypass.oidc.keys.ProviderKeys.Search;
import dev.daypass.oidc.rules.OidcProvider;

/** Says whether a token is its provider's own: its checks first, then its signature. */
final class TokenVerifier {

  /** What a token came to. */
  sealed interface Verdict {
    record Verified(Claims claims, SignatureAlgorithm algorithm) implements Verdict {}

    record Rejected(Refused refused) implements Verdict {}

    /** The keys cannot be had, so nothing is known of the token. */
    record Unknown(String detail) implements Verdict {}
  }

  private final OidcProvider provider;
  private final TokenChecks checks;
  private final ProviderKeys keys;

  TokenVerifier(OidcProvider provider, TokenChecks checks, ProviderKeys keys) {
    this.provider = provider;
    this.checks = checks;
    this.keys = keys;
  }

  /** Verifies a token whose issuer has been compared already. */
  Verdict verify(CompactJws token) {
    Claims claims = Claims.ofToken(token.payload());
    SignatureAlgorithm algorithm;
    try {
      algorithm = checks.check(token.header(), claims);
    } catch (ClaimException e) {
      return new Verdict.Rejected(e.refused());
    }
    return switch (keys.find(algorithm, token.header().keyId())) {
      case Search.Unreachable(String detail) ->
          new Verdict.Unknown("Identity provider \"" + provider.name() + "\": " + detail + ".");
      case Search.NoSuchKey _ ->
          rejected(TokenRefusal.KEY_UNKNOWN, "The token's key is none of its provider's keys.");
      case Search.Found(var candidates) ->
          candidates.stream().anyMatch(token::verifies)
              ? new Verdict.Verified(claims, algorithm)
              : rejected(TokenRefusal.SIGNATURE, "The token's signature does not verify.");
    };
  }

  private static Verdict rejected(TokenRefusal refusal, String detail) {
    return new Verdict.Rejected(refusal.because(detail));
  }
}
