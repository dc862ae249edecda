package dev.daypass.config.identity;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which tokens of an identity provider are taken.
 *
 * @param audiences the accepted {@code aud} values, at least one
 * @param bearer whether they are taken as {@code Authorization: Bearer}
 * @param singleUse whether a token is accepted once only, by its {@code jti}
 * @param algorithms the accepted JWS algorithms
 * @param clockSkew how far the provider's clock may differ
 */
public record TokenConfig(
    List<String> audiences,
    Use use,
    boolean bearer,
    boolean singleUse,
    Set<String> algorithms,
    Duration clockSkew) {

  /** Tokens that a provider signs with the same keys and that must not stand for each other. */
  public enum Use {
    ID,
    ACCESS
  }

  static final Set<String> DEFAULT_ALGORITHMS =
      Set.of("RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519");
  static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(30);

  public TokenConfig {
    audiences = List.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
  }
}
