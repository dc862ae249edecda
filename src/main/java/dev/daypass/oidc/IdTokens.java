package dev.daypass.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import dev.daypass.identity.Authentication;
import dev.daypass.identity.Authentication.Authenticated;
import dev.daypass.identity.Identity;
import dev.daypass.oidc.TokenVerifier.Verdict;
import dev.daypass.oidc.jose.CompactJws;
import dev.daypass.oidc.jose.JoseFormatException;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import dev.daypass.oidc.keys.JsonFetch;
import dev.daypass.oidc.keys.KeySource;
import dev.daypass.oidc.keys.ProviderKeys;
import dev.daypass.oidc.rules.OidcProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The ID tokens that one provider's token endpoint answers to one client (OpenID Connect Core
 * sections 3.1.3.7 and 12.2), and the identities behind them.
 */
public final class IdTokens {
  /**
   * What a token says of itself and of the authentication; a userinfo answer has no word in it
   * (OpenID Connect Core section 5.3.2).
   */
  private static final Set<String> ID_TOKEN_ONLY =
      Set.of(
          "iss",
          "aud",
          "azp",
          "exp",
          "nbf",
          "iat",
          "jti",
          "nonce",
          "at_hash",
          "c_hash",
          "sid",
          "typ",
          "token_use",
          "events",
          "cnf",
          "auth_time",
          "acr",
          "acrs",
          "amr");

  private final OidcProvider provider;
  private final TokenVerifier verifier;
  private final IdentityMapping mapping;
  private final InstantSource clock;

  private IdTokens(
      OidcProvider provider, TokenVerifier verifier, IdentityMapping mapping, InstantSource clock) {
    this.provider = provider;
    this.verifier = verifier;
    this.mapping = mapping;
    this.clock = clock;
  }

  /**
   * Those of {@code provider} for one client; its audience is the client alone, whatever bearer
   * tokens may be made out to.
   *
   * @param all the names of all configured providers
   */
  public static IdTokens of(
      OidcProvider provider,
      String clientId,
      Set<String> all,
      JsonFetch fetch,
      InstantSource clock) {
    KeySource source = new KeySource(provider.issuer(), provider.keys().timeout(), fetch, clock);
    return new IdTokens(
        provider,
        new TokenVerifier(
            provider,
            new TokenChecks(provider.tokens().forClient(clientId), clock),
            new ProviderKeys(source, provider.keys(), clock)),
        IdentityMapping.of(provider, all),
        clock);
  }

  /** What came of an ID token. */
  public sealed interface Outcome {
    record Verified(Claims claims) implements Outcome {}

    record Refused(Authentication.Refused refused) implements Outcome {}

    /** The provider's keys cannot be had. */
    record Unavailable(String detail) implements Outcome {}
  }

  /**
   * What an ID token must say beside what all must.
   *
   * @param nonce the OIDC nonce of the request; absent after a refresh, where no token need repeat
   *     it
   * @param accessToken the token beside it, to which {@code at_hash} binds it, if it has one
   * @param maxAge how old the authentication may be; then {@code auth_time} must be there
   */
  public record Demands(
      Optional<String> nonce, Optional<String> accessToken, Optional<Duration> maxAge) {
    /** Tells neither nonce nor token. */
    @Override
    public String toString() {
      return "Demands[maxAge=" + maxAge + "]";
    }
  }

  /** Verifies a token that came straight from the token endpoint. */
  public Outcome verify(String idToken, Demands demands) {
    CompactJws token;
    try {
      token = CompactJws.parse(idToken);
    } catch (JoseFormatException e) {
      return refused(TokenRefusal.MALFORMED, "The ID token is unreadable: " + e.getMessage() + ".");
    }
    if (!provider.issuer().equals(token.payload().get("iss"))) {
      return refused(TokenRefusal.ISSUER, "The ID token is another issuer's.");
    }
    return switch (verifier.verify(token)) {
      case Verdict.Unknown(String detail) -> new Outcome.Unavailable(detail);
      case Verdict.Rejected(var refused) -> new Outcome.Refused(refused);
      case Verdict.Verified(Claims claims, SignatureAlgorithm algorithm) -> {
        try {
          check(claims, algorithm, demands);
          yield new Outcome.Verified(claims);
        } catch (ClaimException e) {
          yield new Outcome.Refused(e.refused());
        }
      }
    };
  }

  /** Steps 8 to 13 of OpenID Connect Core section 3.1.3.7, and {@code at_hash} of 3.1.3.8. */
  private void check(Claims claims, SignatureAlgorithm algorithm, Demands demands)
      throws ClaimException {
    claims.requiredText("sub");
    if (claims.time("iat").isEmpty()) {
      throw new ClaimException(TokenRefusal.CLAIMS, "The claim \"iat\" is missing.");
    }
    if (demands.nonce().isPresent() && !demands.nonce().equals(claims.text("nonce"))) {
      throw new ClaimException(
          TokenRefusal.NONCE, "The ID token was made for another login (nonce).");
    }
    Optional<String> hash = claims.text("at_hash");
    if (hash.isPresent()
        && demands.accessToken().isPresent()
        && !hash.get().equals(hash(demands.accessToken().get(), algorithm))) {
      throw new ClaimException(
          TokenRefusal.CLAIMS, "The ID token belongs to another access token (at_hash).");
    }
    if (demands.maxAge().isPresent()) {
      requireFresh(claims, demands.maxAge().get());
    }
  }

  private static String hash(String accessToken, SignatureAlgorithm algorithm) {
    JWSAlgorithm named = JWSAlgorithm.parse(algorithm.wireName());
    Curve curve = JWSAlgorithm.Family.ED.contains(named) ? Curve.Ed25519 : null;
    return Objects.requireNonNull(
            AccessTokenHash.compute(new BearerAccessToken(accessToken), named, curve))
        .getValue();
  }

  private void requireFresh(Claims claims, Duration maxAge) throws ClaimException {
    Optional<Instant> at = claims.time("auth_time");
    if (at.isEmpty()) {
      throw new ClaimException(
          TokenRefusal.AUTHENTICATION_AGE, "The provider does not say when it asked who you are.");
    }
    Duration age = Duration.between(at.get(), clock.instant());
    if (age.compareTo(maxAge.plus(provider.tokens().clockSkew())) > 0) {
      throw new ClaimException(
          TokenRefusal.AUTHENTICATION_AGE, "The provider asked who you are too long ago.");
    }
  }

  /** Whether claims are missing that may stand in the userinfo answer instead. */
  public boolean isIncomplete(Claims claims) {
    return !claims.has("_claim_names")
        && mapping.wanted().stream().anyMatch(claim -> !claims.has(claim));
  }

  /**
   * The claims of a verified ID token with those that only the userinfo answer has; empty if that
   * is of somebody else (OpenID Connect Core section 5.3.2).
   */
  public Optional<Claims> completed(Claims claims, Map<String, Object> userinfo) {
    if (!claims.holds("sub", userinfo.get("sub"))) {
      return Optional.empty();
    }
    Set<String> never = new HashSet<>(ID_TOKEN_ONLY);
    String verified = provider.claims().names().emailVerified();
    // One document's word must not verify the other's address.
    if (claims.has("email") && !claims.holds("email", userinfo.get("email"))) {
      never.add(verified);
    }
    if (!claims.has("email") && claims.has(verified)) {
      never.add("email");
    }
    return Optional.of(claims.completedBy(userinfo, never));
  }

  /** The claims of a userinfo answer where there is no new ID token. */
  public Claims ofUserinfo(Map<String, Object> userinfo) {
    return Claims.ofToken(Map.of()).completedBy(userinfo, ID_TOKEN_ONLY);
  }

  /**
   * Whom the claims make, or why nobody.
   *
   * @param method as {@link dev.daypass.identity.Identity#loginMethod} has it
   */
  public Authentication identity(Claims claims, String method) {
    return mapping.authentication(claims, method, Optional.empty());
  }

  /**
   * Whom the claims of a refresh make: the same identity as before, or nobody (OpenID Connect Core
   * section 12.2). When the person authenticated stays as it was; how, where nothing is said of it.
   */
  public Authentication renewed(Claims claims, Identity known) {
    return switch (identity(claims, known.loginMethod())) {
      case Authenticated(Identity identity, _) when identity.id().equals(known.id()) ->
          new Authenticated(carriedOver(claims, identity, known), Optional.empty());
      case Authenticated(Identity identity, _) ->
          TokenRefusal.SUBJECT_CHANGED
              .because("The provider answers for another identity than the login's.")
              .of(identity.id());
      case Authentication.Refused refused -> refused;
      case Authentication.Unavailable unavailable -> unavailable;
    };
  }

  private static Identity carriedOver(Claims claims, Identity derived, Identity known) {
    boolean says = claims.has("amr") || claims.has("acr") || claims.has("acrs");
    return new Identity(
        derived.id(),
        derived.provider(),
        derived.primary(),
        derived.kind(),
        derived.username(),
        derived.verifiedEmail(),
        derived.account(),
        derived.groups(),
        derived.claims(),
        known.authenticatedAt().or(derived::authenticatedAt),
        says ? derived.methods() : known.methods(),
        says ? derived.mfa() : known.mfa(),
        derived.loginMethod());
  }

  private static Outcome refused(TokenRefusal refusal, String detail) {
    return new Outcome.Refused(refusal.because(detail));
  }
}
