package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.config.ConfigReader;
import dev.daypass.config.DaypassConfig;
import dev.daypass.identity.Authentication;
import dev.daypass.identity.Identity;
import dev.daypass.login.LoginMode;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import dev.daypass.oidc.FakeIdp;
import dev.daypass.oidc.FakeSignIn.Scripted;
import dev.daypass.oidc.OidcTokenAuthenticator;
import dev.daypass.oidc.TestClock;
import dev.daypass.oidc.TestKey;
import dev.daypass.oidc.signin.OidcSignIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Each preset against answers shaped as its provider documents them; see the fixtures' README. */
@Timeout(120)
final class ProviderPresetsTest {
  private static final Path FIXTURES = Path.of("src/test/resources/oidc");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TestKey KEY = TestKey.rsa("k1");
  private static final SignInSecrets SECRETS =
      new SignInSecrets("state-1", "nonce-1", "verifier-1-".repeat(5));
  private static final SignInTerms TERMS = new SignInTerms(LoginMode.LOOPBACK, Optional.empty());
  private static final SignInTerms FRESH =
      new SignInTerms(LoginMode.LOOPBACK, Optional.of(Duration.ofMinutes(5)));

  @TempDir private Path folder;

  private final TestClock clock = new TestClock();
  private FakeIdp idp = new FakeIdp(KEY);
  private String clientId = "";

  @AfterEach
  void close() {
    idp.close();
  }

  @ParameterizedTest
  @CsvSource({
    "okta, alice@example.com, 00uid4BxXw6I6TV4m0g3, dba, true",
    "entra, alice@example.com, 00000000-0000-0000-66f3-3332eca7ea81,"
        + " 0b2c3d9e-4a51-4f0e-9c53-0d1d2c9a7a11, true",
    "google, alice@example.com, 110169484474386276334, , false",
    "keycloak, alice, f5a1c6e8-8b0a-4b57-8e2b-6c4a4c4c0b1d, dba, false",
    "generic, alice, 24400320, dba, false"
  })
  void signsAPersonInAndAsksAgain(
      String preset, String username, String subject, String group, boolean mfa) throws Exception {
    try (OidcSignIn signIn = provider(preset)) {
      SignInResult.SignedIn login = signedIn(signIn, preset);
      Identity alice = login.identity();

      assertThat(alice.username().text()).isEqualTo(username);
      assertThat(alice.id().subject()).isEqualTo(subject);
      assertThat(alice.verifiedEmail()).isPresent();
      assertThat(alice.account()).get().hasToString("alice");
      assertThat(alice.mfa()).isEqualTo(mfa);
      if (group == null) {
        assertThat(alice.groups()).isEmpty();
      } else {
        assertThat(alice.groups()).contains(group);
      }
      // Google answers refresh tokens for access_type=offline; the fake does for a scope.
      assertThat(login.refresh().isPresent()).isEqualTo(!preset.equals("google"));
      if (login.refresh().isPresent()) {
        assertThat(signIn.refresh("x", alice, login.refresh().get()))
            .isInstanceOf(RefreshResult.Renewed.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"okta", "entra", "google", "keycloak", "generic"})
  void anEndedAccountEndsTheLoginAndAnOutageDoesNot(String preset) throws Exception {
    try (OidcSignIn signIn = provider(preset)) {
      Identity alice = signedIn(signIn, preset).identity();
      RefreshToken token = RefreshToken.of("refresh-1");
      idp.signIn()
          .script(
              Scripted.json(400, text(preset, "outage.json")),
              Scripted.json(400, text(preset, "refresh-error.json")));

      assertThat(signIn.refresh("x", alice, token)).isInstanceOf(RefreshResult.Unreachable.class);
      assertThat(signIn.refresh("x", alice, token))
          .isEqualTo(new RefreshResult.Ended("invalid_grant"));
    }
  }

  @ParameterizedTest
  @CsvSource({"okta, true", "entra, true", "google, false", "keycloak, true", "generic, true"})
  void aRefreshIsAnsweredInTheProvidersOwnWay(String preset, boolean rotates) throws Exception {
    try (OidcSignIn signIn = provider(preset)) {
      Identity alice = signedIn(signIn, preset).identity();
      idp.signIn().script(Scripted.json(200, refresh(preset)));

      RefreshResult result = signIn.refresh("x", alice, RefreshToken.of("refresh-1"));

      assertThat(rotated(result)).isEqualTo(rotates);
      // Of the generic one: no ID token, and an access token that the fake's userinfo knows not.
      if (!preset.equals("generic")) {
        assertThat(result).isInstanceOf(RefreshResult.Renewed.class);
        Identity renewed = ((RefreshResult.Renewed) result).identity();
        assertThat(renewed.id()).isEqualTo(alice.id());
        assertThat(renewed.groups()).isEqualTo(alice.groups());
      }
    }
  }

  private static boolean rotated(RefreshResult result) {
    return switch (result) {
      case RefreshResult.Renewed(_, var token) -> token.isPresent();
      case RefreshResult.Unreachable(_, var token) -> token.isPresent();
      default -> throw new AssertionError(result.toString());
    };
  }

  /** The claims of the sign-in, without a nonce, for the client. */
  private String refresh(String preset) throws Exception {
    Map<String, Object> claims =
        JSON.readValue(
            text(preset, "id-token.json"), new TypeReference<LinkedHashMap<String, Object>>() {});
    claims.put("iss", idp.issuer());
    claims.put("aud", clientId);
    claims.put("iat", clock.secondsFromNow(0));
    claims.put("exp", clock.secondsFromNow(300));
    return text(preset, "refresh.json")
        .replace("{{id_token}}", KEY.token(JSON.writeValueAsString(claims)));
  }

  @Test
  void googleIsAskedInItsOwnWay() throws Exception {
    try (OidcSignIn signIn = provider("google")) {
      assertThat(((SignInRequest.To) signIn.begin("x", SECRETS, TERMS)).target())
          .hasParameter("access_type", "offline")
          .hasParameter("prompt", "consent")
          .hasParameter("hd", "example.com")
          .hasParameter("scope", "openid profile email");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "EXAMPLE.com", ""})
  void googleAccountsThatTheDomainDoesNotHostAreRefused(String hostedDomain) throws Exception {
    try (OidcSignIn signIn = provider("google")) {
      person("google", "id-token.json");
      idp.signIn().inIdToken(Map.of("hd", hostedDomain));

      assertRefused(finish(signIn), hostedDomain.isEmpty() ? "claim_invalid" : "hosted_domain");
    }
  }

  @Test
  void entraIsAskedForAFreshLoginByPrompt() throws Exception {
    try (OidcSignIn signIn = provider("entra")) {
      assertThat(((SignInRequest.To) signIn.begin("x", SECRETS, FRESH)).target())
          .hasParameter("prompt", "login")
          .hasParameter("max_age", "300");
    }
  }

  @Test
  void entrasOverageIsRefusedWithTheRemedy() throws Exception {
    try (OidcSignIn signIn = provider("entra")) {
      person("entra", "id-token-overage.json");

      assertThat(finish(signIn))
          .isInstanceOfSatisfying(
              SignInResult.Refused.class,
              r -> {
                assertThat(r.code()).isEqualTo("groups_overage");
                assertThat(r.remedy()).contains("Groups assigned to the application");
                assertThat(r.who()).isPresent();
              });
    }
  }

  @Test
  void entrasAddressesNeedTheirOwnerVerified() throws Exception {
    try (OidcSignIn signIn = provider("entra")) {
      person("entra", "id-token.json");
      idp.signIn().inIdToken(Map.of("xms_edov", false, "email_verified", true));
      assertRefused(finish(signIn), "email_unverified");

      idp.signIn().inIdToken(Map.of("xms_edov", 1));
      assertThat(finish(signIn)).isInstanceOf(SignInResult.SignedIn.class);
    }
  }

  @Test
  void entrasDemandForInteractionEndsTheLogin() throws Exception {
    try (OidcSignIn signIn = provider("entra")) {
      Identity alice = signedIn(signIn, "entra").identity();
      idp.signIn().script(Scripted.json(400, text("entra", "interaction.json")));

      assertThat(signIn.refresh("x", alice, RefreshToken.of("refresh-1")))
          .isEqualTo(new RefreshResult.Ended("interaction_required"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "github-actions, repo:octo-org/octo-repo:environment:prod, repository, octo-org/octo-repo",
    "gitlab, project_path:my-group/my-project:ref_type:branch:ref:main, project_path,"
        + " my-group/my-project",
    "kubernetes, system:serviceaccount:my-namespace:my-serviceaccount, sub,"
        + " system:serviceaccount:my-namespace:my-serviceaccount"
  })
  void servicesShowTheirTokensAndNeverABrowser(
      String preset, String username, String claim, String value) throws Exception {
    DaypassConfig config = config(preset);
    assertThat(OidcProviders.signIns(config)).isEmpty();
    try (OidcTokenAuthenticator tokens =
        new OidcTokenAuthenticator(OidcProviders.of(config), clock)) {
      clock.advance(Duration.ofMinutes(1));
      String token = KEY.token(text(preset, "id-token.json"));

      assertThat(tokens.authenticate(token))
          .isInstanceOfSatisfying(
              Authentication.Authenticated.class,
              a -> {
                assertThat(a.identity().username().text()).isEqualTo(username);
                assertThat(a.identity().claims()).containsEntry(claim, value);
                assertThat(a.identity().groups()).isEmpty();
              });
      // CASES 49: GitHub makes a token for each call, the others one for a whole job.
      assertThat(tokens.authenticate(token) instanceof Authentication.Authenticated)
          .isEqualTo(!preset.equals("github-actions"));
    }
  }

  private OidcSignIn provider(String preset) throws Exception {
    return OidcProviders.signIn(config(preset), clock);
  }

  private DaypassConfig config(String preset) throws Exception {
    idp.close();
    idp = new FakeIdp(preset.equals("entra") ? "/tenant-1/v2.0" : "", KEY);
    idp.discovery(text(preset, "discovery.json"));
    idp.keySet(text(preset, "keys.json").replace("{{kid}}", "k1").replace("{{n}}", KEY.modulus()));
    idp.signIn().clock(clock);
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path file =
        Files.writeString(
            folder.resolve("daypass.yaml"),
            """
            url: http://127.0.0.1:8443
            listen: { api: 127.0.0.1:8443, insecure-plain-http: loopback }
            ledger: { origin: ca.example.com/daypass }
            identity:
              \
            """
                + text(preset, "provider.yaml"));
    DaypassConfig config = new ConfigReader(Optional.empty()).read(file);
    config.identity().values().forEach(p -> clientId = p.clientId().orElse(""));
    idp.signIn().client(clientId, Optional.of("s3cret"));
    return config;
  }

  private SignInResult.SignedIn signedIn(OidcSignIn signIn, String preset) throws IOException {
    person(preset, "id-token.json");
    SignInResult result = finish(signIn);
    assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
    return (SignInResult.SignedIn) result;
  }

  private void person(String preset, String file) throws IOException {
    idp.signIn()
        .person(JSON.readValue(text(preset, file), new TypeReference<Map<String, Object>>() {}));
  }

  private SignInResult finish(OidcSignIn signIn) {
    SignInRequest.To to = (SignInRequest.To) signIn.begin("x", SECRETS, TERMS);
    return signIn.finish("x", SECRETS, TERMS, idp.signIn().visit(to.target()));
  }

  private static void assertRefused(SignInResult result, String code) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SignInResult.Refused.class, r -> assertThat(r.code()).isEqualTo(code));
  }

  private String text(String preset, String file) throws IOException {
    return Files.readString(FIXTURES.resolve(preset).resolve(file))
        .replace("{{issuer}}", idp.issuer())
        .replace("{{now}}", String.valueOf(clock.secondsFromNow(0)))
        .replace("{{soon}}", String.valueOf(clock.secondsFromNow(600)));
  }
}
