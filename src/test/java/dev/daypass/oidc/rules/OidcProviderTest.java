package dev.daypass.oidc.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.identity.IdentityKind;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import dev.daypass.oidc.keys.KeyRefresh;
import dev.daypass.oidc.rules.TokenRules.TokenUse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OidcProviderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://idp.example.com",
        "https://idp.example.com/",
        "https://idp.example.com:8443/realms/a",
        "http://127.0.0.1:8080",
        "http://localhost:8080/default",
        "http://[::1]:8080"
      })
  void takesHttpsAndLoopback(String issuer) {
    assertThatCode(() -> provider("idp", issuer)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://idp.example.com",
        "http://127.0.0.2",
        "http://localhost.evil.com",
        "https://idp.example.com?x=1",
        "https://idp.example.com#x",
        "https://user@idp.example.com",
        "https:idp.example.com",
        "ftp://idp.example.com",
        "idp.example.com",
        "not a url",
        ""
      })
  void refusesOtherIssuers(String issuer) {
    assertThatIllegalArgumentException().isThrownBy(() -> provider("idp", issuer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "-a", "a b", "é"})
  void refusesNamesThatCouldBlurGroups(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> provider(name, "https://idp.example"));
  }

  @Test
  void tokenRulesHaveSafeDefaults() {
    TokenRules rules = TokenRules.of(IdentityKind.PERSON, "daypass");

    assertThat(rules.bearer()).isFalse();
    assertThat(rules.singleUse()).isFalse();
    assertThat(rules.use()).isEqualTo(TokenUse.ID_TOKEN);
    assertThat(rules.authorizedParties()).containsExactly("daypass");
    assertThat(rules.algorithms()).isEqualTo(SignatureAlgorithm.DEFAULTS);
    assertThat(rules.clockSkew()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void tokenRulesNeedAnAudienceAnAlgorithmAndASmallSkew() {
    TokenRules r = TokenRules.of(IdentityKind.SERVICE, "daypass");

    assertThatIllegalArgumentException().isThrownBy(() -> rules(Set.of(), r.clockSkew()));
    assertThatIllegalArgumentException().isThrownBy(() -> rules(Set.of(""), r.clockSkew()));
    assertThatIllegalArgumentException().isThrownBy(() -> r.withAlgorithms(Set.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules(r.audiences(), Duration.ofMinutes(6)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules(r.audiences(), Duration.ofSeconds(-1)));
  }

  @Test
  void noListCanNameSymmetricAlgorithms() {
    for (String name : new String[] {"none", "HS256", "HS384", "HS512", "dir", "ES256K"}) {
      assertThat(SignatureAlgorithm.named(name)).isEmpty();
    }
    assertThat(SignatureAlgorithm.named("EdDSA")).contains(SignatureAlgorithm.EDDSA);
  }

  @Test
  void claimRulesCompareDomainsInLowerCase() {
    ClaimRules rules = ClaimRules.username("email").withEmailDomains("Example.COM");

    assertThat(rules.emailDomains()).containsExactly("example.com");
    assertThat(rules.groups()).isEqualTo(Optional.empty());
    assertThatIllegalArgumentException().isThrownBy(() -> ClaimRules.username(""));
  }

  @Test
  void keyRefreshIsOrdered() {
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyRefresh(minute, second, second, second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyRefresh(second, minute, minute, second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyRefresh(second, minute, second, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyRefresh(second, minute, Duration.ZERO, second));
  }

  private static TokenRules rules(Set<String> audiences, Duration skew) {
    return new TokenRules(
        true, audiences, Set.of(), SignatureAlgorithm.DEFAULTS, TokenUse.ID_TOKEN, false, skew);
  }

  private static OidcProvider provider(String name, String issuer) {
    return new OidcProvider(
        name,
        issuer,
        false,
        IdentityKind.SERVICE,
        TokenRules.of(IdentityKind.SERVICE, "daypass"),
        ClaimRules.username("sub"),
        KeyRefresh.DEFAULTS);
  }
}
