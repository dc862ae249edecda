package dev.daypass.oidc.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.oidc.FakeIdp;
import dev.daypass.oidc.FakeIdp.Mood;
import dev.daypass.oidc.TestKey;
import dev.daypass.oidc.rules.ClaimRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SignInProbeTest {
  private final FakeIdp idp = new FakeIdp(TestKey.ecdsa("k1", "ES256"));

  @AfterEach
  void close() {
    idp.close();
  }

  @Test
  void saysWhatToRegisterAndHowItAsks() {
    SignInProbe.Report report =
        probe(ClientCredentials.of("x", "secret", Optional.empty()), SignInScene.style());

    assertThat(report.problem()).isEmpty();
    assertThat(report.facts())
        .containsExactly(
            "register the redirect URI https://ca.example.com/callback/okta",
            "authorization at " + idp.issuer() + "/authorize",
            "tokens at " + idp.issuer() + "/token",
            "scopes openid profile email offline_access",
            "confidential client, client_secret_basic",
            "PKCE S256 supported");
    assertThat(report.warnings())
        .containsExactly(
            "callbacks need not name the provider (RFC 9207): its own redirect URI does");
    assertThat(report.toString()).doesNotContain("secret,").doesNotContain("secret]");
  }

  @Test
  void warnsOfWhatIsMissing() {
    idp.discovery(
        idp.discovery()
            .replace("\"S256\"", "\"plain\"")
            .replace(",\"refresh_token\"", "")
            .replace("{", "{\"authorization_response_iss_parameter_supported\":true,"));
    SignInProbe.Report report =
        SignInProbe.probe(
            client(
                ClientCredentials.ofPublic("x"),
                SignInStyle.ofScopes("openid", "groups"),
                ClaimRules.username("sub")),
            "https://ca.example.com");

    assertThat(report.facts()).contains("public client, tied to its code by PKCE alone");
    assertThat(report.warnings())
        .containsExactly(
            "the provider does not say that it checks PKCE S256",
            "the provider does not offer refresh tokens: a login lasts an hour",
            "the scope groups is not advertised; the provider may refuse it",
            "groups come from policy.yaml alone: groups-claim is none");
  }

  @Test
  void warnsWhereTheClientShowsItselfAsNobodyMay() {
    idp.discovery(
        idp.discovery()
            .replace(
                "\"client_secret_basic\",\"client_secret_post\"",
                "\"private_key_jwt\",\"tls_client_auth\""));

    assertThat(
            probe(ClientCredentials.of("x", "s", Optional.empty()), SignInScene.style()).warnings())
        .contains(
            "the provider takes a client by private_key_jwt, tls_client_auth: not in the way in"
                + " which this one shows itself");
    assertThat(probe(ClientCredentials.ofPublic("x"), SignInScene.style()).warnings()).hasSize(1);
  }

  @Test
  void warnsWhereNoRefreshTokenIsWanted() {
    assertThat(
            probe(
                    ClientCredentials.ofPublic("x"),
                    new SignInStyle(
                        List.of("openid"), Optional.empty(), Map.of(), false, true, false))
                .warnings())
        .contains("refresh is false: a login lasts an hour, and leavers stay for as long");
  }

  @Test
  void saysWhyNobodyCouldSignIn() {
    idp.behaveAtDiscovery(Mood.STATUS_500);

    assertThat(probe(ClientCredentials.ofPublic("x"), SignInScene.style()).problem())
        .contains("its discovery document: answered with status 500");
  }

  private SignInProbe.Report probe(ClientCredentials credentials, SignInStyle style) {
    return SignInProbe.probe(
        client(credentials, style, SignInScene.rules()), "https://ca.example.com");
  }

  private SignInClient client(ClientCredentials credentials, SignInStyle style, ClaimRules rules) {
    return new SignInClient(SignInScene.provider(idp.issuer(), rules), "Okta", credentials, style);
  }
}
