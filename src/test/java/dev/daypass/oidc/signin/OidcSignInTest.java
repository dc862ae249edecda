package dev.daypass.oidc.signin;

import static dev.daypass.oidc.signin.SignInScene.NAME;
import static dev.daypass.oidc.signin.SignInScene.SECRETS;
import static dev.daypass.oidc.signin.SignInScene.TERMS;
import static dev.daypass.oidc.signin.SignInScene.with;
import static dev.daypass.oidc.signin.SignInScene.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.login.LoginMode;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInResult.Denied;
import dev.daypass.login.provider.SignInResult.Refused;
import dev.daypass.login.provider.SignInResult.Unavailable;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import dev.daypass.oidc.FakeIdp.Mood;
import dev.daypass.oidc.FakeSignIn.Scripted;
import dev.daypass.oidc.TestKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the redirect to the identity: CASES 45 to 48, 52 and 68. */
@Timeout(60)
final class OidcSignInTest {
  private SignInScene scene = SignInScene.usual();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void offersProvidersByTitle() {
    assertThat(scene.signIn.providers()).containsExactly(new SignInProvider("okta", "Okta"));
  }

  @Test
  void sendsTheBrowserWithAllThatTiesTheAnswerToIt() {
    assertThat(scene.target())
        .hasPath("/authorize")
        .hasParameter("response_type", "code")
        .hasParameter("client_id", "daypass")
        .hasParameter("redirect_uri", "https://ca.example.com/callback/okta")
        .hasParameter("scope", "openid profile email offline_access")
        .hasParameter("state", "state-1")
        .hasParameter("nonce", "nonce-1")
        .hasParameter("code_challenge_method", "S256")
        .hasParameter("code_challenge")
        .hasNoParameter("prompt")
        .hasNoParameter("max_age")
        .hasNoParameter("response_mode");
    assertThat(scene.target().toString()).doesNotContain(SECRETS.codeVerifier());
  }

  @Test
  void signsAPersonIn() {
    SignInResult.SignedIn login = scene.signedIn();

    Identity alice = login.identity();
    assertThat(alice.username().text()).isEqualTo("alice@example.com");
    assertThat(alice.id().issuer()).isEqualTo(scene.idp.issuer());
    assertThat(alice.groups()).containsExactly("dba");
    assertThat(alice.loginMethod()).isEqualTo("loopback");
    assertThat(alice.authenticatedAt()).isPresent();
    assertThat(login.refresh()).isPresent();
    assertThat(login.toString()).doesNotContain(login.refresh().get().reveal());
  }

  @Test
  void theModeBecomesTheLoginMethod() {
    SignInResult result = scene.finish(new SignInTerms(LoginMode.DEVICE, Optional.empty()));

    assertThat(result)
        .isInstanceOfSatisfying(
            SignInResult.SignedIn.class,
            s -> assertThat(s.identity().loginMethod()).isEqualTo("device"));
  }

  @ParameterizedTest
  @CsvSource({"BASIC", "POST", ","})
  void aConfidentialClientShowsItsSecret(ClientCredentials.Method method) {
    scene.close();
    scene =
        SignInScene.of(
            ClientCredentials.of("day pass", "s:e&c %ret", Optional.ofNullable(method)),
            SignInScene.style());
    scene.there.client("day pass", Optional.of("s:e&c %ret"));

    scene.signedIn();

    assertThat(scene.there.tokenRequests().getFirst().authorization().isPresent())
        .isEqualTo(method != ClientCredentials.Method.POST);
  }

  @Test
  void aSecretIsPostedWhereTheProviderTakesItNowhereElse() {
    scene.close();
    scene =
        SignInScene.of(
            ClientCredentials.of("daypass", "s3cret", Optional.empty()), SignInScene.style());
    scene.there.client("daypass", Optional.of("s3cret"));
    scene.idp.discovery(scene.idp.discovery().replace("\"client_secret_basic\",", ""));

    scene.signedIn();

    assertThat(scene.there.tokenRequests().getFirst().authorization()).isEmpty();
  }

  @Test
  void withoutRefreshNoTokenIsKept() {
    scene.close();
    scene =
        SignInScene.of(
            ClientCredentials.ofPublic("daypass"),
            new SignInStyle(
                List.of("openid", "offline_access"),
                Optional.of("select_account"),
                Map.of("hd", "example.com"),
                false,
                true,
                false));

    assertThat(scene.target())
        .hasParameter("prompt", "select_account")
        .hasParameter("hd", "example.com");
    assertThat(scene.signedIn().refresh()).isEmpty();
  }

  @Test
  void whatTheIdTokenLacksIsAskedOfUserinfo() {
    scene.there.answerThinTokens();

    assertThat(scene.signedIn().identity().groups()).containsExactly("dba");
  }

  @Test
  void userinfoVerifiesNoOtherAddressThanItsOwn() {
    scene.there.answerThinTokens();
    scene.there.inIdToken(Map.of("email", "root@example.com"));
    assertRefused("email_unverified");

    scene.there.inIdToken(Map.of("email", "alice@example.com"));
    assertThat(scene.signedIn().identity().verifiedEmail()).isPresent();
  }

  /** The token verified an address that it does not name: not the one that userinfo names. */
  @Test
  void theTokenVerifiesNoAddressOfUserinfos() {
    scene.there.answerThinTokens();
    scene.there.inIdToken(Map.of("email_verified", true));
    scene.there.person(
        Map.of(
            "sub",
            "mallory",
            "email",
            "root@example.com",
            "email_verified",
            false,
            "groups",
            List.of("dba")));
    assertRefused("claim_invalid");
  }

  @Test
  void userinfoOfSomebodyElseIsNotBelieved() {
    scene.there.inIdToken(Map.of("sub", "mallory"));
    scene.there.answerThinTokens();

    assertThat(scene.finish()).isInstanceOf(Unavailable.class);
  }

  @Test
  void aProviderThatDoesNotNameItselfIsBelieved() {
    scene.there.hideIssuer();

    scene.signedIn();
  }

  @Test
  void aProviderThatPromisedToNameItselfMustDoSo() {
    scene.idp.discovery(
        scene
            .idp
            .discovery()
            .replace("{", "{\"authorization_response_iss_parameter_supported\":true,"));
    scene.there.hideIssuer();

    assertInvalid(scene.finish());
    assertThat(scene.there.tokenRequests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "", "http://127.0.0.1"})
  void anotherIssuersAnswerIsRefused(String issuer) {
    assertInvalid(scene.finish(with(scene.callback(), "iss", issuer)));
    assertThat(scene.there.tokenRequests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "state-2", "state-1 ", "STATE-1"})
  void anotherState(String state) {
    assertInvalid(scene.finish(with(scene.callback(), "state", state)));
    assertThat(scene.there.tokenRequests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "code"})
  void missingParameters(String name) {
    assertInvalid(scene.finish(without(scene.callback(), name)));
    assertThat(scene.there.tokenRequests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "code", "iss", "session_state"})
  void parametersThatStandThereTwice(String name) {
    Map<String, List<String>> callback = scene.callback();
    String value = callback.getOrDefault(name, List.of("x")).getFirst();

    assertInvalid(scene.finish(with(callback, name, value, value)));
    assertThat(scene.there.tokenRequests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "é"})
  void whatIsNoCodeIsNotSent(String code) {
    assertInvalid(scene.finish(with(scene.callback(), "code", code)));
    assertThat(scene.there.tokenRequests()).isEmpty();
  }

  @Test
  void aCodeAndAnErrorTogether() {
    assertInvalid(scene.finish(with(scene.callback(), "error", "access_denied")));
  }

  @Test
  void aCodeIsGoodOnce() {
    Map<String, List<String>> callback = scene.callback();
    assertThat(scene.finish(callback)).isInstanceOf(SignInResult.SignedIn.class);

    assertInvalid(scene.finish(callback));
  }

  @Test
  void aCodeOfAnotherLoginFailsByItsVerifier() {
    SignInSecrets stolen = new SignInSecrets("state-1", "nonce-1", "another-verifier-".repeat(4));

    assertInvalid(scene.signIn.finish(NAME, stolen, TERMS, scene.callback()));
  }

  @Test
  void anIdTokenOfAnotherLoginFailsByItsNonce() {
    SignInSecrets other = new SignInSecrets("state-1", "nonce-2", SECRETS.codeVerifier());

    assertThat(scene.signIn.finish(NAME, other, TERMS, scene.callback()))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("token_nonce"));
  }

  @ParameterizedTest
  @CsvSource({
    "iss, https://evil.example, token_issuer",
    "aud, an-api, token_audience",
    "azp, another-client, token_audience",
    "nonce, '', token_claims",
    "nonce, nonce-0, token_nonce",
    "at_hash, AAAAAAAAAAAAAAAAAAAAAA, token_claims",
    "typ, Bearer, token_type",
    "sub, '', token_claims",
    "email, mallory@evil.example, email_domain",
    "email_verified, true, email_unverified"
  })
  void claimsOfTheIdToken(String claim, String value, String code) {
    scene.there.inIdToken(Map.of(claim, value));

    assertThat(scene.finish())
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code));
  }

  @Test
  void severalAudiencesNeedAnAuthorizedParty() {
    scene.there.inIdToken(Map.of("aud", List.of("daypass", "other")));
    assertRefused("token_audience");

    scene.there.inIdToken(Map.of("aud", List.of("daypass", "other"), "azp", "daypass"));
    scene.signedIn();
  }

  @Test
  void expiredTokensAndThoseOfTheFuture() {
    scene.there.inIdToken(Map.of("exp", scene.clock.secondsFromNow(-60)));
    assertRefused("token_expired");

    scene.there.inIdToken(Map.of("iat", scene.clock.secondsFromNow(60)));
    assertRefused("token_not_yet_valid");
  }

  @Test
  void aTokenSignedByAKeyThatIsNotPublished() {
    Map<String, List<String>> callback = scene.callback();
    scene.signedIn();
    scene.idp.publish(TestKey.ecdsa("k1", "ES256"));

    assertThat(scene.finish(callback))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo("token_signature"));
  }

  @Test
  void afreshAuthenticationIsAskedForAndChecked() {
    SignInTerms fresh = new SignInTerms(LoginMode.LOOPBACK, Optional.of(Duration.ofMinutes(5)));
    assertThat(scene.target(fresh)).hasParameter("max_age", "300").hasNoParameter("prompt");
    assertThat(scene.finish(fresh)).isInstanceOf(SignInResult.SignedIn.class);

    scene.there.inIdToken(Map.of("auth_time", scene.clock.secondsFromNow(-331)));
    assertThat(scene.finish(fresh))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo("authentication_too_old"));

    scene.there.inIdToken(Map.of("auth_time", scene.clock.secondsFromNow(-329)));
    assertThat(scene.finish(fresh)).isInstanceOf(SignInResult.SignedIn.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access_denied",
        "login_required",
        "interaction_required",
        "consent_required",
        "account_selection_required"
      })
  void thePersonOrTheProviderSaysNo(String error) {
    scene.there.deny(error);

    assertThat(scene.finish()).isEqualTo(new Denied(error));
  }

  @ParameterizedTest
  @ValueSource(strings = {"server_error", "temporarily_unavailable"})
  void theProviderIsNotWell(String error) {
    scene.there.deny(error);

    assertThat(scene.finish()).isInstanceOf(Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_scope", "unauthorized_client", "<script>", ""})
  void theProviderDoesNotTakeTheRequest(String error) {
    scene.there.deny(error);

    assertThat(scene.finish())
        .isInstanceOfSatisfying(
            Refused.class,
            r -> {
              assertThat(r.code()).isEqualTo("sign_in_invalid");
              assertThat(r.detail()).doesNotContain("script").doesNotContain("repeat");
            });
  }

  @Test
  void anErrorOfAnotherLoginCountsForNothing() {
    scene.there.deny("access_denied");

    assertInvalid(scene.finish(with(scene.callback(), "state", "another")));
  }

  /** Keycloak's word for a person without the role offline_access. */
  @Test
  void whoMayHaveNoOfflineTokenIsToldSo() {
    scene.there.script(Scripted.error(400, "not_allowed"));

    assertThat(scene.finish())
        .isInstanceOfSatisfying(
            Refused.class,
            r -> {
              assertThat(r.code()).isEqualTo("not_allowed");
              assertThat(r.remedy()).contains("offline_access");
            });
  }

  @ParameterizedTest
  @CsvSource({"400, invalid_client", "401, invalid_client", "403, access_denied", "503, busy"})
  void otherErrorsOfTheTokenEndpointAreOutages(int status, String error) {
    scene.there.script(Scripted.error(status, error));

    assertThat(scene.finish())
        .isInstanceOfSatisfying(
            Unavailable.class, u -> assertThat(u.detail()).doesNotContain("repeat"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"id_token\":\"x.y.z\"}",
        "{\"access_token\":\"\",\"token_type\":\"Bearer\",\"id_token\":\"x.y.z\"}",
        "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":7}",
        "{\"access_token\":\"a\",\"access_token\":\"b\",\"token_type\":\"Bearer\"}"
      })
  void garbageOfTheTokenEndpointIsAnOutage(String body) {
    scene.there.script(Scripted.json(200, body));

    assertThat(scene.finish()).isInstanceOf(Unavailable.class);
  }

  @Test
  void anIdTokenThatIsNoneIsRefused() {
    scene.there.script(
        Scripted.json(
            200, "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"id_token\":\"x\"}"));

    assertRefusedWith(scene.finish(), "token_malformed");
  }

  @Test
  void aProviderThatIsAway() {
    scene.idp.behaveAtDiscovery(Mood.STATUS_500);

    assertThat(scene.signIn.begin(NAME, SECRETS, TERMS))
        .isInstanceOfSatisfying(
            SignInRequest.Unavailable.class,
            u -> assertThat(u.detail()).contains("okta").contains("status 500"));
  }

  @Test
  void aProviderThatIsNotConfigured() {
    assertThat(scene.signIn.begin("other", SECRETS, TERMS))
        .isInstanceOf(SignInRequest.Unknown.class);
    assertThat(scene.signIn.finish("other", SECRETS, TERMS, Map.of()))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo("provider_unknown"));
  }

  private void assertRefused(String code) {
    assertRefusedWith(scene.finish(), code);
  }

  private static void assertRefusedWith(SignInResult result, String code) {
    assertThat(result)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code));
  }

  private static void assertInvalid(SignInResult result) {
    assertRefusedWith(result, "sign_in_invalid");
  }
}
