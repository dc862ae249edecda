package dev.daypass.oidc.rules;

import dev.daypass.identity.IdentityKind;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import java.time.Duration;
import java.util.Set;

/**
 * Which tokens of an identity provider are accepted (CASES 45 to 49).
 *
 * @param bearer whether its tokens are accepted as {@code Authorization: Bearer}
 * @param audiences the {@code aud} values that mean this CA, at least one
 * @param authorizedParties the {@code azp} values that are accepted where the token has one
 * @param use ID tokens or access tokens, never both
 * @param singleUse whether a token is accepted once only, by its {@code jti}
 * @param clockSkew how far the provider's clock may differ, at most five minutes
 */
public record TokenRules(
    boolean bearer,
    Set<String> audiences,
    Set<String> authorizedParties,
    Set<SignatureAlgorithm> algorithms,
    TokenUse use,
    boolean singleUse,
    Duration clockSkew) {

  private static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);

  /** The kinds of token that an identity provider signs with the same keys. */
  public enum TokenUse {
    ID_TOKEN,
    ACCESS_TOKEN
  }

  public TokenRules {
    audiences = Set.copyOf(audiences);
    authorizedParties = Set.copyOf(authorizedParties);
    algorithms = Set.copyOf(algorithms);
    if (audiences.isEmpty() || audiences.contains("")) {
      throw new IllegalArgumentException("an audience is needed");
    }
    if (algorithms.isEmpty()) {
      throw new IllegalArgumentException("a signature algorithm is needed");
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(MAX_SKEW) > 0) {
      throw new IllegalArgumentException("clock skew: " + clockSkew);
    }
  }

  /**
   * The defaults of DESIGN section 4 for one audience: bearer tokens of services, none of persons;
   * the audience is the only authorized party.
   */
  public static TokenRules of(IdentityKind kind, String audience) {
    return new TokenRules(
        kind == IdentityKind.SERVICE,
        Set.of(audience),
        Set.of(audience),
        SignatureAlgorithm.DEFAULTS,
        TokenUse.ID_TOKEN,
        false,
        DEFAULT_SKEW);
  }

  /** The same rules with bearer tokens accepted or not. */
  public TokenRules withBearer(boolean accepted) {
    return new TokenRules(
        accepted, audiences, authorizedParties, algorithms, use, singleUse, clockSkew);
  }

  /** The same rules with tokens accepted once, or as often as they come. */
  public TokenRules withSingleUse(boolean once) {
    return new TokenRules(bearer, audiences, authorizedParties, algorithms, use, once, clockSkew);
  }

  /** The same rules for another kind of token. */
  public TokenRules withUse(TokenUse other) {
    return new TokenRules(
        bearer, audiences, authorizedParties, algorithms, other, singleUse, clockSkew);
  }

  /** The rules for ID tokens that one client is given at sign-in: they are for it alone. */
  public TokenRules forClient(String clientId) {
    return new TokenRules(
        false, Set.of(clientId), Set.of(clientId), algorithms, TokenUse.ID_TOKEN, false, clockSkew);
  }

  /** The same rules with another list of algorithms. */
  public TokenRules withAlgorithms(Set<SignatureAlgorithm> others) {
    return new TokenRules(bearer, audiences, authorizedParties, others, use, singleUse, clockSkew);
  }
}
