package dev.daypass.oidc.signin;

import static dev.daypass.oidc.signin.SignInScene.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshResult.Ended;
import dev.daypass.login.provider.RefreshResult.Refused;
import dev.daypass.login.provider.RefreshResult.Renewed;
import dev.daypass.login.provider.RefreshResult.Unreachable;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.oidc.FakeIdp.Mood;
import dev.daypass.oidc.FakeSignIn.Scripted;
import dev.daypass.oidc.FakeSignIn.TokenRequest;
import dev.daypass.oidc.TestKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refresh token tells of who left, who moved, and who cannot be asked: CASES 76 and 77. */
@Timeout(60)
final class RefreshTest {
  private SignInScene scene = SignInScene.usual();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void whoStaysIsRenewedWithARotatedToken() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.clock.advance(Duration.ofMinutes(5));

    Renewed renewed = renewed(scene.refresh(login));

    assertThat(renewed.identity())
        .usingRecursiveComparison()
        .ignoringFields("claims")
        .isEqualTo(login.identity());
    assertThat(renewed.identity().claims()).doesNotContainKeys("nonce", "at_hash", "groups");
    assertThat(renewed.rotated()).isPresent().isNotEqualTo(login.refresh());
    assertThat(scene.there.tokenRequests().getLast().form())
        .containsOnlyKeys("grant_type", "refresh_token", "client_id");
    assertThat(renewed(scene.refresh(login.identity(), renewed.rotated().orElseThrow())).rotated())
        .isPresent();
  }

  @Test
  void aTokenThatStaysTheSameIsNotCalledRotated() {
    scene.there.keepRefreshTokens();

    assertThat(renewed(scene.refresh(scene.signedIn())).rotated()).isEmpty();
  }

  @Test
  void whoMovedLosesTheGroup() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.person("alice@example.com", "support");

    assertThat(renewed(scene.refresh(login)).identity().groups()).containsExactly("support");
  }

  @Test
  void whenThePersonAuthenticatedStaysAsItWas() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.inIdToken(Map.of("auth_time", scene.clock.secondsFromNow(3)));

    assertThat(renewed(scene.refresh(login)).identity().authenticatedAt())
        .isEqualTo(login.identity().authenticatedAt());
  }

  @Test
  void factorsStayWhereNothingIsSaidOfThem() {
    scene.there.inIdToken(Map.of("amr", List.of("pwd", "mfa")));
    SignInResult.SignedIn login = scene.signedIn();
    assertThat(login.identity().mfa()).isTrue();

    scene.there.inIdToken(Map.of());
    RefreshToken next = renewed(scene.refresh(login)).rotated().orElseThrow();
    assertThat(scene.there.tokenRequests()).hasSize(2);
    scene.there.inIdToken(Map.of("amr", List.of("pwd")));
    Renewed later = renewed(scene.refresh(login.identity(), next));

    assertThat(later.identity().mfa()).isFalse();
    assertThat(later.identity().methods()).containsExactly("pwd");
  }

  @Test
  void withoutIdTokenTheUserinfoAnswerCounts() {
    scene.there.answerNoIdTokenOnRefresh();
    scene.there.inIdToken(Map.of("amr", List.of("mfa")));
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.person("alice@example.com", "support");

    Identity renewed = renewed(scene.refresh(login)).identity();

    assertThat(renewed.groups()).containsExactly("support");
    assertThat(renewed.authenticatedAt()).isEqualTo(login.identity().authenticatedAt());
    assertThat(renewed.mfa()).isTrue();
  }

  @Test
  void userinfoCannotSayHowThePersonAuthenticated() {
    scene.there.answerNoIdTokenOnRefresh();
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.person(
        Map.of(
            "sub", login.identity().id().subject(),
            "email", "alice@example.com",
            "email_verified", true,
            "amr", List.of("mfa"),
            "auth_time", scene.clock.secondsFromNow(0)));

    assertThat(renewed(scene.refresh(login)).identity().mfa()).isFalse();
  }

  @Test
  void anotherSubjectIsAnotherIdentity() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.person("bob@example.com", "dba");
    assertRefused(scene.refresh(login), "subject_changed");

    scene.there.person("alice@example.com", "dba");
    scene.there.answerNoIdTokenOnRefresh();
    SignInResult.SignedIn again = scene.signedIn();
    scene.there.person("bob@example.com", "dba");
    assertRefused(scene.refresh(again), "subject_changed");
  }

  @Test
  void whoIsNotAcceptableAnyMoreIsRefused() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.inIdToken(Map.of("email_verified", false));

    assertRefused(scene.refresh(login), "email_unverified");
  }

  @Test
  void groupsThatAreTooManyAreRefused() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.inIdToken(Map.of("_claim_names", Map.of("groups", "src1")));

    assertRefused(scene.refresh(login), "groups_overage");
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant",
    "403, invalid_grant",
    "400, interaction_required",
    "400, login_required",
    "400, consent_required",
    "403, access_denied"
  })
  void fiveWordsEndALogin(int status, String error) {
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.script(Scripted.error(status, error));

    assertThat(scene.refresh(login)).isEqualTo(new Ended(error));
  }

  /** RFC 7009. */
  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "true, true"})
  void aTokenIsGivenBackByTheClientItWasGivenTo(boolean confidential, boolean byPost) {
    scene.close();
    scene =
        SignInScene.of(
            confidential
                ? ClientCredentials.of(
                    "daypass",
                    "s3cret",
                    byPost ? Optional.of(ClientCredentials.Method.POST) : Optional.empty())
                : ClientCredentials.ofPublic("daypass"),
            SignInScene.style());
    scene.there.client("daypass", confidential ? Optional.of("s3cret") : Optional.empty());
    scene.idp.offerRevocation();
    SignInResult.SignedIn login = scene.signedIn();

    scene.signIn.giveBack(NAME, login.refresh().orElseThrow());

    assertThat(scene.refresh(login)).isEqualTo(new Ended("invalid_grant"));
    TokenRequest request = scene.there.revocations().getFirst();
    assertThat(request.form())
        .containsKey("token")
        .containsEntry("token_type_hint", "refresh_token");
    assertThat(request.authorization().isPresent()).isEqualTo(confidential && !byPost);
    assertThat(request.form().containsKey("client_secret")).isEqualTo(byPost);
  }

  @Test
  void whereNoTokenIsTakenBackNothingIsSent() {
    SignInResult.SignedIn login = scene.signedIn();

    scene.signIn.giveBack(NAME, login.refresh().orElseThrow());
    scene.signIn.giveBack("nobody", login.refresh().orElseThrow());

    assertThat(scene.there.revocations()).isEmpty();
    assertThat(scene.refresh(login)).isInstanceOf(Renewed.class);
  }

  @Test
  void aTokenThatIsNotTakenBackIsNobodysProblem() {
    scene.idp.offerRevocation();
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.script(Scripted.error(503, "server_error"));

    scene.signIn.giveBack(NAME, login.refresh().orElseThrow());

    assertThat(scene.there.revocations()).hasSize(1);
    assertThat(scene.refresh(login)).isInstanceOf(Renewed.class);
  }

  @Test
  void aRevocationEndpointThatIsNoneOfItsBusinessIsNoReasonToRefuseLogins() {
    scene.idp.discovery(
        scene
            .idp
            .discovery()
            .replaceFirst("\\{", "{\"revocation_endpoint\":\"https://169.254.169.254/\","));

    scene.signIn.giveBack(NAME, scene.signedIn().refresh().orElseThrow());
  }

  /** Known metadata goes stale: it is asked for again within minutes, and not each time. */
  @Test
  void aTokenEndpointThatMovesIsFound() {
    scene.there.keepRefreshTokens();
    SignInResult.SignedIn login = scene.signedIn();
    scene.idp.moveTokenEndpoint("/oauth2/token");
    assertThat(scene.refresh(login)).isInstanceOf(Unreachable.class);
    assertThat(scene.idp.discoveries()).as("not at once").isEqualTo(2);

    scene.clock.advance(KnownMetadata.DOUBTED_AFTER);
    RefreshResult result = scene.refresh(login);
    for (int i = 0; i < 1000 && result instanceof Unreachable; i++) {
      result = scene.refresh(login);
    }
    assertThat(result).isInstanceOf(Renewed.class);
    assertThat(scene.idp.discoveries()).isEqualTo(3);
  }

  @Test
  void aDaemonThatStopsKnowsNothingOfItsLastQuestion() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.onTokenRequest(scene.signIn::close);

    assertThat(scene.refresh(login)).isInstanceOf(RefreshResult.CutOff.class);
  }

  @Test
  void norDoesAThreadThatIsInterrupted() throws Exception {
    SignInResult.SignedIn login = scene.signedIn();
    CompletableFuture<RefreshResult> result = new CompletableFuture<>();
    Thread asking = Thread.ofVirtual().unstarted(() -> result.complete(scene.refresh(login)));
    scene.there.onTokenRequest(asking::interrupt);
    asking.start();

    assertThat(result.get()).isInstanceOf(RefreshResult.CutOff.class);
  }

  @Test
  void anEndedSessionEndsTheLogin() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.endSessions();

    assertThat(scene.refresh(login)).isEqualTo(new Ended("invalid_grant"));
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid_client",
    "400, invalid_client",
    "400, unauthorized_client",
    "400, invalid_request",
    "400, invalid_scope",
    "400, temporarily_unavailable",
    "429, invalid_grant",
    "500, invalid_grant",
    "502, invalid_grant",
    "503, access_denied",
    "404, access_denied",
    "302, access_denied",
    "200, invalid_grant",
    "400, INVALID_GRANT"
  })
  void everyOtherErrorSaysNothing(int status, String error) {
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.script(Scripted.error(status, error));

    assertThat(scene.refresh(login))
        .isInstanceOfSatisfying(
            Unreachable.class,
            u -> {
              assertThat(u.detail()).contains("okta").doesNotContain("repeat");
              assertThat(u.rotated()).isEmpty();
            });
    assertThat(scene.there.tokenRequests()).hasSize(2);
  }

  @Test
  void anErrorThatIsNoJsonSaysNothing() {
    SignInResult.SignedIn login = scene.signedIn();
    String body = "{\"error\":\"invalid_grant\"}";
    scene.there.script(
        new Scripted(400, "text/html", body),
        Scripted.json(400, body + body),
        Scripted.json(400, "{\"error\":[\"invalid_grant\"]}"),
        Scripted.json(400, "{\"error\":\"x\",\"error\":\"invalid_grant\"}"),
        Scripted.json(200, " ".repeat(1 << 20)));

    for (int i = 0; i < 5; i++) {
      assertThat(scene.refresh(login)).isInstanceOf(Unreachable.class);
    }
  }

  @Test
  void aTokenRotatedBeforeAFailureIsNotLost() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.there.script(
        Scripted.json(200, "{\"token_type\":\"odd\",\"refresh_token\":\"next-1\"}"),
        Scripted.json(
            200,
            "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"refresh_token\":\"next-2\","
                + "\"id_token\":\"garbage\"}"));

    assertThat(scene.refresh(login))
        .isInstanceOfSatisfying(
            Unreachable.class, u -> assertThat(u.rotated()).contains(RefreshToken.of("next-1")));
    assertThat(scene.refresh(login))
        .isInstanceOfSatisfying(
            Unreachable.class, u -> assertThat(u.rotated()).contains(RefreshToken.of("next-2")));
  }

  @Test
  void anIdTokenThatIsNotGoodSaysNothing() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.idp.publish(TestKey.ecdsa("k1", "ES256"));

    assertThat(scene.refresh(login))
        .isInstanceOfSatisfying(
            Unreachable.class,
            u -> {
              assertThat(u.detail()).contains("token_signature");
              assertThat(u.rotated()).isPresent();
            });
  }

  @Test
  void keysThatCannotBeHadSayNothing() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.clock.advance(Duration.ofHours(25));
    scene.idp.behave(Mood.STATUS_500);

    assertThat(scene.refresh(login)).isInstanceOf(Unreachable.class);
  }

  @Test
  void aProviderThatIsAwaySaysNothing() {
    SignInResult.SignedIn login = scene.signedIn();
    scene.idp.close();

    assertThat(scene.refresh(login)).isInstanceOf(Unreachable.class);
  }

  @Test
  void aProviderThatWasRemovedSaysNothing() {
    SignInResult.SignedIn login = scene.signedIn();

    assertThat(scene.signIn.refresh(NAME + "2", login.identity(), login.refresh().orElseThrow()))
        .isInstanceOf(Unreachable.class);
  }

  @Test
  void withoutUserinfoAnAbsentIdTokenSaysNothing() {
    scene.close();
    scene =
        SignInScene.of(
            ClientCredentials.ofPublic("daypass"),
            new SignInStyle(
                List.of("openid", "offline_access"),
                Optional.empty(),
                Map.of(),
                true,
                false,
                false));
    scene.there.answerNoIdTokenOnRefresh();
    SignInResult.SignedIn login = scene.signedIn();

    assertThat(scene.refresh(login))
        .isInstanceOfSatisfying(Unreachable.class, u -> assertThat(u.rotated()).isPresent());
  }

  private static Renewed renewed(RefreshResult result) {
    assertThat(result).isInstanceOf(Renewed.class);
    return (Renewed) result;
  }

  private static void assertRefused(RefreshResult result, String code) {
    assertThat(result)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code));
  }
}
