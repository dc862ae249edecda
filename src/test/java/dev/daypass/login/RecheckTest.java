package dev.daypass.login;

import static dev.daypass.login.LoginScenario.ALICE;
import static dev.daypass.login.LoginScenario.code;
import static dev.daypass.login.LoginScenario.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.outcome.Standing;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DESIGN section 4, Re-check. */
final class RecheckTest {
  private static final Duration CHECK_AGE = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private LoginScenario scenario;

  @BeforeEach
  void open() throws Exception {
    scenario = new LoginScenario(folder);
  }

  @AfterEach
  void close() throws Exception {
    scenario.close();
  }

  @Test
  void asksTheProviderOnceTheLastCheckIsFiveMinutesOld() {
    scenario.login(ALICE);
    scenario.pass(CHECK_AGE.minusSeconds(2));
    assertThat(known().identity()).isEqualTo(ALICE);
    assertThat(scenario.idp.refreshes()).isZero();
    scenario.pass(Duration.ofSeconds(2));
    assertThat(known().lastCheck()).isPresent();
    assertThat(known().inGrace()).isFalse();
    assertThat(scenario.idp.refreshes()).as("and then not again").isEqualTo(1);
  }

  /** DESIGN section 1.7: who is disabled between sign-in and bind has no five minutes more. */
  @Test
  void theProvidersWordIsAsOldAsTheSignInHoweverLateTheBind() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
    scenario.pass(Duration.ofMinutes(4));
    ConsentOutcome.Finish finish =
        (ConsentOutcome.Finish) scenario.answers(page, true, Optional.empty());
    assertThat(scenario.bind(started, Optional.of(finish.proof())))
        .isInstanceOf(BindOutcome.Bound.class);
    scenario.idp.refreshComesTo(new RefreshResult.Ended("invalid_grant"));
    scenario.pass(Duration.ofMinutes(1));
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
  }

  @Test
  void aProvidersWordIsAsOldAsTheQuestion() throws Exception {
    LoginView login = scenario.login(ALICE);
    scenario.pass(CHECK_AGE);
    Instant asked = now();
    scenario.idp.onRefresh(() -> scenario.pass(Duration.ofSeconds(9)));
    assertThat(known().inGrace()).isFalse();
    assertThat(scenario.store.find(login.id()).orElseThrow().check().passedAt()).isEqualTo(asked);
  }

  @Test
  void rotatesItsTokenCheckAfterCheckAndOverACrash() throws Exception {
    scenario.login(ALICE);
    for (int i = 1; i <= 4; i++) {
      scenario.pass(CHECK_AGE);
      assertThat(known().inGrace()).isFalse();
      scenario.crash();
    }
    assertThat(scenario.idp.refreshes()).isEqualTo(4);
  }

  @Test
  void groupsAreDerivedAfresh() {
    scenario.login(ALICE);
    assertThat(scenario.ask("debug")).isInstanceOf(IssuanceOutcome.Issued.class);
    scenario.idp.derives(_ -> person("alice", "web"));
    scenario.pass(CHECK_AGE);
    assertThat(known().identity().groups()).containsExactly("web");
    assertThat(scenario.ask("debug")).isInstanceOf(IssuanceOutcome.Refused.class);
  }

  @Test
  void parallelRequestsMakeOneCheck() throws Exception {
    scenario.login(ALICE);
    scenario.pass(CHECK_AGE);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch latch = new CountDownLatch(1);
    scenario.idp.holdRefreshes(entered, latch);
    List<CompletableFuture<Standing>> all = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        all.add(
            CompletableFuture.supplyAsync(() -> scenario.desk.standing(scenario.key), executor));
      }
      entered.await();
      latch.countDown();
    }
    assertThat(all).allSatisfy(one -> assertThat(one.join()).isInstanceOf(Standing.Known.class));
    assertThat(scenario.idp.refreshes()).as("CASES 77").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid_grant",
        "interaction_required",
        "login_required",
        "consent_required",
        "access_denied"
      })
  void theProvidersWordEndsTheLoginAndRevokesWhatIsLive(String error) throws Exception {
    LoginView login = scenario.login(ALICE);
    EntryNumber live = scenario.issued("debug");
    scenario.pass(CHECK_AGE);
    scenario.idp.refreshComesTo(new RefreshResult.Ended(error));

    scenario.desk.recheckDue();

    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(scenario.desk.isOpen(login.id())).isFalse();
    JsonObject ended = scenario.entries(EntryKind.LOGIN_ENDED).getFirst();
    assertThat(ended.text("cause")).contains("provider");
    assertThat(ended.text("why")).contains(error);
    JsonObject revoked = scenario.entries(EntryKind.REVOCATION_ADDED).getFirst();
    assertThat(revoked.text("login")).contains(login.id().text());
    assertThat(serials(revoked)).containsExactly(Long.toString(live.value()));
  }

  @Test
  void aLeaverWhoLoggedInAnewLosesTheEarlierCertificateToo() throws Exception {
    scenario.login(ALICE);
    EntryNumber earlier = scenario.issued("debug");
    scenario.login(ALICE);
    scenario.pass(CHECK_AGE);
    scenario.idp.refreshComesTo(new RefreshResult.Ended("invalid_grant"));

    scenario.desk.recheckDue();

    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(serials(scenario.entries(EntryKind.REVOCATION_ADDED).getFirst()))
        .containsExactly(Long.toString(earlier.value()));
  }

  @Test
  void certificatesThatHaveEndedAreNotRevoked() throws Exception {
    scenario.login(ALICE);
    var _ = scenario.issued("debug");
    scenario.pass(Duration.ofHours(1));
    scenario.idp.refreshComesTo(new RefreshResult.Ended("invalid_grant"));
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED)).isEmpty();
  }

  @Test
  void inTheBackgroundOnlyLoginsWithALiveCertificateAreChecked() {
    scenario.login(ALICE);
    scenario.pass(CHECK_AGE.plusMinutes(1));
    scenario.desk.recheckDue();
    assertThat(scenario.idp.refreshes()).isZero();

    var _ = scenario.issued("debug");
    assertThat(scenario.idp.refreshes()).as("at the request").isEqualTo(1);
    scenario.pass(CHECK_AGE.plusMinutes(1));
    scenario.desk.recheckDue();
    scenario.desk.recheckDue();
    assertThat(scenario.idp.refreshes()).isEqualTo(2);
  }

  @Test
  void anIdentityThatIsNoLongerAcceptableEndsIt() throws Exception {
    scenario.login(ALICE);
    scenario.pass(CHECK_AGE);
    scenario.idp.refreshComesTo(new RefreshResult.Refused("email_unverified", "No.", "Do."));
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(why()).isEqualTo("email_unverified");
  }

  @Test
  void anotherSubjectEndsIt() throws Exception {
    scenario.login(ALICE);
    scenario.pass(CHECK_AGE);
    scenario.idp.derives(_ -> person("mallory", "dba"));
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(why()).isEqualTo("subject_changed");
  }

  @Test
  void aNewUsernameIsTakenUnlessItIsAnothers() throws Exception {
    scenario.login(ALICE);
    scenario.login(LoginScenario.newKey(), LoginScenario.BOB);
    scenario.pass(CHECK_AGE);
    scenario.idp.derives(alice -> renamed(alice, person("carol")));
    scenario.idp.refreshComesTo(
        new RefreshResult.Renewed(renamed(ALICE, person("carol")), Optional.empty()));
    assertThat(known().identity().username().text()).isEqualTo("carol@example.com");

    scenario.pass(CHECK_AGE);
    scenario.idp.refreshComesTo(
        new RefreshResult.Renewed(renamed(ALICE, LoginScenario.BOB), Optional.empty()));
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(why()).isEqualTo("username_taken");
  }

  @Test
  void aProviderOutOfReachIsToleratedForAQuarterOfAnHour() throws Exception {
    scenario.login(ALICE);
    scenario.pass(CHECK_AGE);
    scenario.idp.unreachable(true);
    assertThat(known().inGrace()).isTrue();
    assertThat(scenario.ask("debug")).isInstanceOf(IssuanceOutcome.Issued.class);
    assertThat(scenario.entries(EntryKind.CERTIFICATE_GRANTED).getLast().text("grace_since"))
        .isPresent();
    assertThat(scenario.ask("strict")).isInstanceOf(IssuanceOutcome.Refused.class);
    assertThat(scenario.idp.refreshes()).as("it is left alone for a while").isEqualTo(1);

    scenario.pass(Duration.ofMinutes(15));
    assertThat(scenario.desk.standing(scenario.key)).isInstanceOf(Standing.Unavailable.class);
    scenario.idp.unreachable(false);
    scenario.pass(Duration.ofSeconds(10));
    assertThat(known().inGrace()).as("the login has survived").isFalse();
    assertThat(scenario.ask("strict")).isInstanceOf(IssuanceOutcome.Issued.class);
  }

  /** DESIGN section 4, Re-check: 15 minutes for the provider's outage, not for each login. */
  @Test
  void anIdleLoginHasNoGraceOfItsOwn() throws Exception {
    scenario.idp.keepRefreshTokens();
    SshPublicKey busy = LoginScenario.newKey();
    scenario.login(ALICE);
    scenario.login(busy, LoginScenario.BOB);
    scenario.pass(CHECK_AGE);
    scenario.idp.unreachable(true);
    Instant outage = now();
    assertThat(standing(busy)).isInstanceOf(Standing.Known.class);

    scenario.pass(Duration.ofMinutes(10));
    assertThat(known().unreachableSince()).as("first asked now").contains(outage);
    scenario.crash();
    assertThat(known().unreachableSince()).as("over a restart").contains(outage);
    scenario.pass(Duration.ofMinutes(5));
    assertThat(scenario.desk.standing(scenario.key)).isInstanceOf(Standing.Unavailable.class);
  }

  @Test
  void anAnswerForOneLoginEndsTheOutageOfAll() {
    scenario.idp.keepRefreshTokens();
    SshPublicKey busy = LoginScenario.newKey();
    scenario.login(ALICE);
    scenario.login(busy, LoginScenario.BOB);
    scenario.pass(CHECK_AGE);
    scenario.idp.unreachable(true);
    assertThat(standing(busy)).isInstanceOf(Standing.Known.class);
    scenario.pass(Duration.ofHours(1));
    scenario.idp.unreachable(false);
    assertThat(standing(busy)).isInstanceOf(Standing.Known.class);

    scenario.pass(CHECK_AGE);
    scenario.idp.unreachable(true);
    assertThat(known().unreachableSince()).contains(now());
  }

  @Test
  void aTokenThatWasRotatedBeforeAFailureIsKept() {
    scenario.login(ALICE);
    scenario.pass(CHECK_AGE);
    scenario.idp.refreshComesTo(
        new RefreshResult.Unreachable(
            "userinfo is away",
            Optional.of(dev.daypass.login.provider.RefreshToken.of("token-1"))));
    assertThat(known().inGrace()).isTrue();
    scenario.idp.refreshAsUsual();
    scenario.pass(Duration.ofSeconds(10));
    assertThat(known().inGrace()).isFalse();
  }

  @Test
  void aLoginThatEndsDuringItsCheckStaysEnded() throws Exception {
    LoginView login = scenario.login(ALICE);
    scenario.pass(CHECK_AGE);
    scenario.idp.onRefresh(() -> scenario.desk.end(login.id(), new Ender.Owner(ALICE.id())));
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(scenario.entries(EntryKind.LOGIN_ENDED)).hasSize(1);
  }

  @Test
  void aCheckThatACrashCutOffAndThenInvalidGrantLeavesItsCertificates() throws Exception {
    scenario.login(ALICE);
    var _ = scenario.issued("debug");
    cutOff();

    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(why()).startsWith("invalid_grant").contains("cut off");
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED)).isEmpty();
  }

  @Test
  void aCheckThatAStopCutOffIsInDoubtAsAfterACrash() throws Exception {
    scenario.login(ALICE);
    var _ = scenario.issued("debug");
    scenario.pass(CHECK_AGE);
    scenario.idp.refreshComesTo(new RefreshResult.CutOff());
    assertThat(scenario.desk.standing(scenario.key)).isInstanceOf(Standing.Unavailable.class);
    scenario.crash();
    scenario.idp.refreshComesTo(new RefreshResult.Ended("invalid_grant"));
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(why()).contains("cut off");
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED)).isEmpty();
  }

  @Test
  void theDoubtOfACrashOutlivesAnOutage() throws Exception {
    scenario.login(ALICE);
    var _ = scenario.issued("debug");
    cutOff();
    scenario.idp.unreachable(true);
    assertThat(known().inGrace()).isTrue();
    scenario.idp.unreachable(false);
    scenario.pass(Duration.ofSeconds(10));
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED)).isEmpty();
  }

  @Test
  void anotherWordThanInvalidGrantRevokesAlsoAfterACrash() throws Exception {
    scenario.login(ALICE);
    var _ = scenario.issued("debug");
    cutOff();
    scenario.idp.refreshComesTo(new RefreshResult.Ended("access_denied"));
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED)).hasSize(1);
  }

  @Test
  void aCrashBeforeTheProviderRotatedLosesNothing() throws Exception {
    LoginView login = scenario.login(ALICE);
    scenario.pass(CHECK_AGE);
    scenario.store.checkBegins(login.id());
    scenario.crash();
    assertThat(known().inGrace()).isFalse();
  }

  /** The provider rotates the token, and the process dies before it has the answer. */
  private void cutOff() throws Exception {
    scenario.pass(CHECK_AGE);
    scenario.idp.onRefresh(() -> {
      throw new IllegalStateException("the process dies here");
    });
    assertThat(scenario.desk.standing(scenario.key)).isInstanceOf(Standing.Unavailable.class);
    scenario.idp.onRefresh(() -> {});
    scenario.crash();
  }

  /** As precisely as the store has it. */
  private Instant now() {
    return scenario.ledger.clock().now().truncatedTo(ChronoUnit.MILLIS);
  }

  private Standing standing(SshPublicKey key) {
    return scenario.desk.standing(key);
  }

  private Standing.Known known() {
    return (Standing.Known) scenario.desk.standing(scenario.key);
  }

  private String why() throws Exception {
    return scenario.entries(EntryKind.LOGIN_ENDED).getLast().text("why").orElseThrow();
  }

  private static List<String> serials(JsonObject revocation) {
    return ((JsonArray) revocation.value("serials").orElseThrow())
        .values().stream().map(value -> ((JsonText) value).value()).toList();
  }

  private static Identity renamed(Identity identity, Identity like) {
    return new Identity(
        identity.id(),
        identity.provider(),
        identity.primary(),
        identity.kind(),
        like.username(),
        identity.verifiedEmail(),
        identity.account(),
        identity.groups(),
        identity.claims(),
        identity.authenticatedAt(),
        identity.methods(),
        identity.mfa(),
        identity.loginMethod());
  }
}
