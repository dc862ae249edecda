package dev.daypass.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.identity.Authentication.Authenticated;
import dev.daypass.identity.Authentication.Refused;
import dev.daypass.identity.Authentication.Unavailable;
import dev.daypass.identity.IdentityKind;
import dev.daypass.oidc.FakeIdp.Mood;
import dev.daypass.oidc.keys.KeyRefresh;
import dev.daypass.oidc.rules.AccountSource;
import dev.daypass.oidc.rules.ClaimRules;
import dev.daypass.oidc.rules.OidcProvider;
import dev.daypass.oidc.rules.TokenRules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ProviderProbeTest {
  private static final TestKey KEY = TestKey.ecdsa("k1", "ES256");

  private final TestClock clock = new TestClock();
  private final FakeIdp idp = new FakeIdp(KEY);
  private final ProviderProbe probe =
      new ProviderProbe(
          List.of(
              provider("okta", idp.issuer(), true), provider("ci", "https://ci.example", false)),
          clock);

  @AfterEach
  void close() {
    idp.close();
  }

  @Test
  void showsDiscoveryAndKeys() {
    ProbeReport report = probe.probe("okta", Optional.empty());

    assertThat(report.provider()).isEqualTo("okta");
    assertThat(report.discovery()).isEqualTo(idp.issuer() + "/.well-known/openid-configuration");
    assertThat(report.problem()).isEmpty();
    assertThat(report.keys()).containsExactly("k1 EC");
    assertThat(report.token()).isEmpty();
    assertThat(report.claims()).isEmpty();
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void saysWhoATokenWouldBeAndWhatDeservesALook() {
    ProbeReport report =
        probe.probe(
            "okta",
            Optional.of(
                token(
                    """
                    "sub":"s-1","email":"Alice@example.com","email_verified":true,
                    "groups":["dba","ci/deploy"],"exp":%d
                    """
                        .formatted(clock.secondsFromNow(200_000)))));

    assertThat(report.token().orElseThrow())
        .isInstanceOfSatisfying(
            Authenticated.class, a -> assertThat(a.identity().groups()).containsExactly("dba"));
    assertThat(report.claims())
        .containsEntry("sub", "\"s-1\"")
        .containsEntry("groups", "[\"dba\",\"ci/deploy\"]")
        .containsEntry("email_verified", "true");
    assertThat(report.warnings())
        .containsExactly(
            "bearer is false: this token serves this test and no request",
            "the token lives longer than a day: whoever finds it can use it so long",
            "the address's local part is no account name: this identity has none",
            "a group is left out, because it reads like another provider's: ci/deploy");
  }

  @Test
  void saysWhyATokenIsRefused() {
    ProbeReport report = probe.probe("okta", Optional.of(token("\"sub\":\"s-1\",\"exp\":0")));

    assertThat(report.token().orElseThrow())
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo("token_expired"));
    assertThat(report.warnings())
        .contains("the token has no claim \"groups\": this identity has no groups");
  }

  @Test
  void tellsAForeignTokenAndNonsenseApart() {
    String foreign = KEY.token("{\"iss\":\"https://ci.example\"}");

    assertThat(probe.probe("okta", Optional.of(foreign)).token().orElseThrow())
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("token_issuer"));
    assertThat(probe.probe("okta", Optional.of("x")).token().orElseThrow())
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo("token_malformed"));
  }

  @Test
  void saysWhatIsWrongWithTheProvider() {
    idp.discovery("{\"issuer\":\"https://other.example\",\"jwks_uri\":\"https://other.example/\"}");
    ProbeReport report =
        probe.probe(
            "okta",
            Optional.of(token("\"sub\":\"s-1\",\"exp\":%d".formatted(clock.secondsFromNow(60)))));

    assertThat(report.problem()).contains("its discovery document names another issuer");
    assertThat(report.keys()).isEmpty();
    assertThat(report.token().orElseThrow()).isInstanceOf(Unavailable.class);
  }

  @Test
  void saysThatTheProviderIsDown() {
    idp.behaveAtDiscovery(Mood.HTML);

    assertThat(probe.probe("okta", Optional.empty()).problem())
        .contains("its discovery document: answered something that is not JSON");
  }

  @Test
  void knowsOnlyConfiguredProviders() {
    assertThatIllegalArgumentException().isThrownBy(() -> probe.probe("nobody", Optional.empty()));
  }

  private String token(String claims) {
    return KEY.token(
        "{\"iss\":\"%s\",\"aud\":\"daypass\",\"iat\":%d,%s}"
            .formatted(idp.issuer(), clock.secondsFromNow(0), claims));
  }

  private static OidcProvider provider(String name, String issuer, boolean primary) {
    return new OidcProvider(
        name,
        issuer,
        primary,
        IdentityKind.PERSON,
        TokenRules.of(IdentityKind.PERSON, "daypass"),
        ClaimRules.username("sub")
            .withEmailDomains("example.com")
            .withAccount(new AccountSource.LocalPart())
            .withGroups("groups"),
        KeyRefresh.DEFAULTS);
  }
}
