package dev.daypass.login;

import static dev.daypass.login.LoginScenario.ALICE;
import static dev.daypass.login.LoginScenario.BOB;
import static dev.daypass.login.LoginScenario.BROWSER;
import static dev.daypass.login.LoginScenario.TERMINAL;
import static dev.daypass.login.LoginScenario.code;
import static dev.daypass.login.LoginScenario.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.CallbackOutcome;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.outcome.ConsentPage;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.PollOutcome;
import dev.daypass.login.outcome.PollState;
import dev.daypass.login.outcome.Standing;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login in loopback mode, from its start to its bind, and whatever may be refused on the way. */
final class LoginFlowTest {
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
  void bindsAKeyToWhoeverSignedInAndAgreed() throws Exception {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    assertThat(state(started)).isEqualTo(PollState.WAITING);

    LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
    assertThat(state(started)).isEqualTo(PollState.SIGNED_IN);
    assertThat(page.view().key()).isEqualTo(scenario.key.fingerprint());
    assertThat(page.view().hostname()).isEqualTo("laptop");
    assertThat(page.view().asker()).isEqualTo(TERMINAL.address());
    assertThat(page.view().others()).isEmpty();

    ConsentOutcome.Finish finish =
        (ConsentOutcome.Finish) scenario.answers(page, true, Optional.empty());
    assertThat(finish.port()).isEqualTo(LoginScenario.PORT);
    assertThat(state(started)).isEqualTo(PollState.CONSENTED);

    BindOutcome.Bound bound =
        (BindOutcome.Bound) scenario.bind(started, Optional.of(finish.proof()));
    assertThat(state(started)).isEqualTo(PollState.BOUND);
    assertThat(bound.login().username()).isEqualTo(ALICE.username());
    assertThat(bound.login().renewable()).isTrue();
    assertThat(Duration.between(bound.login().openedAt(), bound.login().until()))
        .isEqualTo(Duration.ofHours(10));
    Standing.Known known = (Standing.Known) scenario.desk.standing(scenario.key);
    assertThat(known.identity()).isEqualTo(ALICE);
    assertThat(known.login()).isEqualTo(started.id());
    assertThat(scenario.idp.refreshes()).as("a login that is new is not checked").isZero();
  }

  @Test
  void consentAndBindAreEntries() throws Exception {
    LoginView login = scenario.login(ALICE);
    List<JsonObject> opened = scenario.entries(EntryKind.LOGIN_OPENED);
    assertThat(opened)
        .extracting(entry -> entry.text("step").orElseThrow())
        .containsExactly("consented", "bound");
    assertThat(opened)
        .allSatisfy(entry -> {
          assertThat(entry.text("login")).contains(login.id().text());
          assertThat(entry.text("key")).contains(scenario.key.fingerprint().toString());
          assertThat(entry.text("hostname")).contains("laptop");
          assertThat(entry.object("identity").orElseThrow().text("subject")).contains("alice");
        });
    assertThat(opened.getLast().text("until")).contains(login.until().toString());
  }

  @Test
  void lastsAnHourWithoutARefreshToken() {
    scenario.idp.withoutRefreshTokens();
    LoginView login = scenario.login(ALICE);
    assertThat(Duration.between(login.openedAt(), login.until())).isEqualTo(Duration.ofHours(1));
    assertThat(login.renewable()).isFalse();
    scenario.pass(Duration.ofMinutes(59));
    assertThat(scenario.desk.standing(scenario.key)).isInstanceOf(Standing.Known.class);
    assertThat(scenario.idp.refreshes()).isZero();
    scenario.pass(Duration.ofMinutes(1));
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
  }

  @Test
  void aKeyWhoseLoginHasEndedIsStillItsOwners() {
    LoginView login = scenario.login(ALICE);
    scenario.desk.end(login.id(), new Ender.Owner(ALICE.id()));
    assertThat(scenario.desk.standing(scenario.key))
        .isInstanceOfSatisfying(
            Standing.Ended.class,
            ended -> {
              assertThat(ended.owner()).isEqualTo(ALICE.id());
              assertThat(ended.refusal().code()).isEqualTo("login_ended");
            });
    assertThat(code(scenario.desk.standing(LoginScenario.newKey()))).isEqualTo("login_required");
  }

  @Test
  void showsOtherLiveLoginsBeforeConsent() {
    LoginView first = scenario.login(ALICE);
    SshPublicKey second = LoginScenario.newKey();
    StartOutcome.Started started = scenario.started(second, scenario.loopback());
    assertThat(scenario.signedIn(started.id(), ALICE).view().others()).containsExactly(first);
  }

  @Test
  void refusesAStartThatIsMalformed() {
    assertThat(
            startCode(
                new StartRequest(
                    "laptop",
                    LoginMode.LOOPBACK,
                    OptionalInt.empty(),
                    Optional.of(scenario.helper.sha256()),
                    Optional.empty())))
        .isEqualTo("start_invalid");
    assertThat(
            startCode(
                new StartRequest(
                    "laptop",
                    LoginMode.LOOPBACK,
                    OptionalInt.of(80),
                    Optional.of(scenario.helper.sha256()),
                    Optional.empty())))
        .isEqualTo("start_invalid");
    assertThat(
            startCode(
                new StartRequest(
                    "laptop",
                    LoginMode.LOOPBACK,
                    OptionalInt.of(4000),
                    Optional.empty(),
                    Optional.empty())))
        .isEqualTo("start_invalid");
    assertThat(
            startCode(
                new StartRequest(
                    "laptop",
                    LoginMode.LOOPBACK,
                    OptionalInt.of(4000),
                    Optional.of(Bytes.ofUtf8("short")),
                    Optional.empty())))
        .isEqualTo("start_invalid");
    for (String hostname : List.of("", "a b", "a\nb", "<b>", "-", "a".repeat(254))) {
      assertThat(
              startCode(
                  new StartRequest(
                      hostname,
                      LoginMode.LOOPBACK,
                      OptionalInt.of(4000),
                      Optional.of(scenario.helper.sha256()),
                      Optional.empty())))
          .as(hostname)
          .isEqualTo("start_invalid");
    }
  }

  @Test
  void refusesTheAuthoritysOwnKeys() {
    scenario.ownKeys.add(scenario.key.fingerprint());
    assertThat(startCode(scenario.loopback())).isEqualTo("key_reserved");
  }

  @Test
  void boundsTheLoginsOfOneAddress() {
    for (int i = 0; i < 64; i++) {
      var _ = scenario.started(scenario.loopback());
    }
    assertThat(startCode(scenario.loopback())).isEqualTo("too_many_logins");
    assertThat(scenario.desk.start(scenario.key, scenario.loopback(), visitor("192.0.2.8")))
        .isInstanceOf(StartOutcome.Started.class);
    scenario.pass(Duration.ofMinutes(5));
    assertThat(startCode(scenario.loopback())).as("they expire").isEmpty();
  }

  @Test
  void whoEndsHisLoginsAsFastAsHeBeginsThemKeepsNobodyOut() {
    scenario.idp.signInComesTo(new SignInResult.Denied("access_denied"));
    for (int i = 0; i < 10_000; i++) {
      StartOutcome.Started started = scenario.started(scenario.loopback());
      var _ = scenario.comesBack(scenario.sentToSignIn(started.id()), BROWSER);
    }
    StartOutcome other = scenario.desk.start(scenario.key, scenario.loopback(), visitor("::1"));
    assertThat(other).isInstanceOf(StartOutcome.Started.class);
    assertThat(startCode(scenario.loopback())).isEmpty();
  }

  /** CASES 68: 400, and not 403 as for somebody who is known and not admitted. */
  @Test
  void whatIsWrongWithTheCallbackIsNoMatterOfWhoItIs() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    scenario.idp.signInComesTo(
        new SignInResult.Refused("sign_in_invalid", "iss", "Again.", Optional.empty()));
    assertThat(scenario.comesBack(scenario.sentToSignIn(started.id()), BROWSER))
        .isInstanceOfSatisfying(
            LoginRefused.class,
            refused -> assertThat(refused.fault()).isEqualTo(LoginFault.SIGN_IN_INVALID));
  }

  /** A provider that limits the daemon's rate answers no re-check either. */
  @Test
  void nobodyMakesItAskTheProviderAgainAndAgain() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    scenario.idp.signInComesTo(new SignInResult.Unavailable("it answered with status 429"));
    for (int i = 0; i < 100; i++) {
      var _ = scenario.comesBack(scenario.sentToSignIn(started.id()), BROWSER);
    }
    assertThat(scenario.idp.exchanges()).isEqualTo(30);

    scenario.idp.signsIn(ALICE);
    CallbackOutcome now = scenario.comesBack(scenario.sentToSignIn(started.id()), BROWSER);
    assertThat(code(now)).isEqualTo("too_many_logins");
    StartOutcome.Started elsewhere =
        (StartOutcome.Started)
            scenario.desk.start(scenario.key, scenario.loopback(), visitor("::1"));
    assertThat(scenario.comesBack(scenario.sentToSignIn(elsewhere.id()), visitor("::1")))
        .isInstanceOf(CallbackOutcome.ConsentNeeded.class);
    scenario.pass(Duration.ofMinutes(1));
    assertThat(scenario.comesBack(scenario.sentToSignIn(started.id()), BROWSER))
        .isInstanceOf(CallbackOutcome.ConsentNeeded.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8:0:%x::1", "198.51.100.%d"})
  void whoHasManyAddressesKeepsNobodyOut(String addresses) {
    boolean v6 = addresses.contains(":");
    for (int i = 0; i < 10_000; i++) {
      Visitor one = visitor(addresses.formatted(v6 ? i : i % 160));
      assertThat(scenario.desk.start(scenario.key, scenario.loopback(), one))
          .isInstanceOf(StartOutcome.Started.class);
    }
    assertThat(startCode(scenario.loopback())).isEmpty();
    assertThat(startCode(scenario.loopback())).isEmpty();
    Visitor more = visitor(addresses.formatted(v6 ? 0x8000 : 170));
    assertThat(code(scenario.desk.start(scenario.key, scenario.loopback(), more)))
        .isEqualTo("too_many_logins");
  }

  @Test
  void loginsThatExpiredLeaveRoomForOthers() {
    for (int i = 0; i < 10_000; i++) {
      Visitor one = visitor("10." + i / 250 + "." + i % 250 + ".1");
      var _ = scenario.desk.start(scenario.key, scenario.loopback(), one);
    }
    assertThat(startCode(scenario.loopback())).isEqualTo("too_many_logins");
    scenario.pass(Duration.ofMinutes(5).minusSeconds(1));
    assertThat(startCode(scenario.loopback())).isEqualTo("too_many_logins");
    scenario.pass(Duration.ofSeconds(1));
    assertThat(startCode(scenario.loopback())).isEmpty();
  }

  @Test
  void expiresAfterFiveMinutesAndIsForgottenLater() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    scenario.pass(Duration.ofMinutes(5));
    assertThat(state(started)).isEqualTo(PollState.EXPIRED);
    assertThat(code(scenario.desk.signIn(started.id(), FakeSignInProviders.NAME)))
        .isEqualTo("login_expired");
    assertThat(scenario.desk.pending(started.id())).isEmpty();
    scenario.pass(Duration.ofMinutes(5));
    assertThat(code(scenario.desk.state(started.id(), started.poll()))).isEqualTo("login_unknown");
  }

  @Test
  void aRestartLosesAPendingLogin() throws Exception {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    scenario.crash();
    assertThat(code(scenario.desk.state(started.id(), started.poll()))).isEqualTo("login_unknown");
  }

  @Test
  void pollingTakesThePollSecretAlone() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    assertThat(code(scenario.desk.state(started.id(), scenario.helper)))
        .isEqualTo("poll_secret_invalid");
  }

  @Test
  void aCallbackBelongsToItsBrowserItsProviderAndItsStateOnce() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    scenario.idp.signsIn(ALICE);
    LoginSecret browser = scenario.sentToSignIn(started.id());
    Map<String, List<String>> good = scenario.callbackParameters();
    String state = good.getOrDefault("state", List.of()).getFirst();

    assertThat(callback("okta", good, Optional.empty())).isEqualTo("sign_in_invalid");
    assertThat(callback("okta", good, Optional.of(scenario.helper))).isEqualTo("sign_in_invalid");
    assertThat(callback("other", good, Optional.of(browser))).isEqualTo("sign_in_invalid");
    for (List<String> states :
        List.of(
            List.<String>of(),
            List.of(state, state),
            List.of(state + "x"),
            List.of(started.id().text()),
            List.of(started.id().text() + "." + scenario.helper.text()),
            List.of("nonsense"))) {
      assertThat(callback("okta", Map.of("state", states), Optional.of(browser)))
          .isEqualTo("sign_in_invalid");
    }
    assertThat(scenario.comesBack(browser, BROWSER))
        .as("nothing of that has used the state up")
        .isInstanceOf(CallbackOutcome.ConsentNeeded.class);
    assertThat(callback("okta", good, Optional.of(browser)))
        .as("the second time")
        .isEqualTo("sign_in_invalid");
  }

  @Test
  void theBrowserGetsANewSessionAfterTheCallback() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    scenario.idp.signsIn(ALICE);
    LoginSecret before = scenario.sentToSignIn(started.id());
    var after = (CallbackOutcome.ConsentNeeded) scenario.comesBack(before, BROWSER);
    assertThat(after.browser()).isNotEqualTo(before);
    assertThat(code(scenario.desk.consentPage(started.id(), before))).isEqualTo("login_state");
    assertThat(scenario.desk.consentPage(started.id(), after.browser()))
        .isInstanceOf(ConsentPage.View.class);
  }

  @Test
  void browserAndTerminalShareAnAddress() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    scenario.idp.signsIn(ALICE);
    LoginSecret browser = scenario.sentToSignIn(started.id());
    assertThat(code(scenario.comesBack(browser, visitor("198.51.100.9"))))
        .isEqualTo("address_differs");
    assertThat(scenario.comesBack(browser, BROWSER))
        .isInstanceOf(CallbackOutcome.ConsentNeeded.class);
  }

  @Test
  void anIpv6NetworkOfOneSiteCountsAsOneAddress() {
    var started =
        (StartOutcome.Started)
            scenario.desk.start(scenario.key, scenario.loopback(), visitor("2001:db8:1:2:aaaa::1"));
    scenario.idp.signsIn(ALICE);
    LoginSecret browser = scenario.sentToSignIn(started.id());
    assertThat(code(scenario.comesBack(browser, visitor("2001:db8:1:3::1"))))
        .isEqualTo("address_differs");
    assertThat(scenario.comesBack(browser, visitor("2001:db8:1:2:bbbb::2")))
        .isInstanceOf(CallbackOutcome.ConsentNeeded.class);
  }

  @Test
  void whomTheProviderRefusesIsWrittenDown() throws Exception {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    scenario.idp.signInComesTo(
        new SignInResult.Refused("email_unverified", "No.", "Verify it.", Optional.of(ALICE.id())));
    LoginSecret browser = scenario.sentToSignIn(started.id());
    assertThat(code(scenario.comesBack(browser, BROWSER))).isEqualTo("email_unverified");
    assertThat(state(started)).isEqualTo(PollState.REFUSED);
    assertThat(refusals()).containsExactly("email_unverified");
  }

  @Test
  void aProviderThatIsAwayLeavesTheLoginAsItWas() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    LoginSecret browser = scenario.sentToSignIn(started.id());
    scenario.idp.unreachable(true);
    assertThat(code(scenario.comesBack(browser, BROWSER))).isEqualTo("provider_unavailable");
    assertThat(code(scenario.desk.signIn(started.id(), "okta"))).isEqualTo("provider_unavailable");
    scenario.idp.unreachable(false);
    assertThat(scenario.signedIn(started.id(), ALICE)).isNotNull();
  }

  @Test
  void aPersonWhoSaysNoAtTheProviderEndsIt() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    scenario.idp.signInComesTo(new SignInResult.Denied("access_denied"));
    LoginSecret browser = scenario.sentToSignIn(started.id());
    assertThat(code(scenario.comesBack(browser, BROWSER))).isEqualTo("sign_in_denied");
    assertThat(state(started)).isEqualTo(PollState.REFUSED);
  }

  @Test
  void anUnknownProviderIsRefused() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    assertThat(code(scenario.desk.signIn(started.id(), "nobody"))).isEqualTo("provider_unknown");
  }

  @Test
  void freshAuthenticationIsAskedForAndChecked() {
    StartRequest fresh =
        new StartRequest(
            "laptop",
            LoginMode.LOOPBACK,
            OptionalInt.of(LoginScenario.PORT),
            Optional.of(scenario.helper.sha256()),
            Optional.of(Duration.ofMinutes(1)));
    StartOutcome.Started started = scenario.started(fresh);
    scenario.idp.signsIn(ALICE); // does not say when she authenticated
    LoginSecret browser = scenario.sentToSignIn(started.id());
    assertThat(scenario.idp.lastTerms().maxAge()).contains(Duration.ofMinutes(1));
    assertThat(code(scenario.comesBack(browser, BROWSER))).isEqualTo("authentication_too_old");
  }

  @Test
  void consentNeedsThePagesOwnToken() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
    assertThat(
            code(
                scenario.desk.consent(
                    page.id(), page.browser(), "", true, Optional.empty(), BROWSER)))
        .isEqualTo("consent_invalid");
    assertThat(state(started)).isEqualTo(PollState.SIGNED_IN);
  }

  @Test
  void consentCountsOnce() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
    assertThat(scenario.answers(page, true, Optional.empty()))
        .isInstanceOf(ConsentOutcome.Finish.class);
    assertThat(code(scenario.answers(page, true, Optional.empty()))).isEqualTo("login_state");
    assertThat(code(scenario.answers(page, false, Optional.empty()))).isEqualTo("login_state");
  }

  @Test
  void whoSaysNoEndsItAndThatIsWrittenDown() throws Exception {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
    assertThat(scenario.answers(page, false, Optional.empty()))
        .isEqualTo(new ConsentOutcome.Denied());
    assertThat(state(started)).isEqualTo(PollState.REFUSED);
    assertThat(refusals()).containsExactly("consent_denied");
    assertThat(code(scenario.bind(started, Optional.empty()))).isEqualTo("consent_denied");
    assertThat(scenario.entries(EntryKind.LOGIN_OPENED)).isEmpty();
  }

  @Test
  void bindingNeedsEveryPieceOfEvidence() throws Exception {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    LoginSecret any = LoginSecret.random(RandomGenerator.getDefault());
    assertThat(code(scenario.bind(started, Optional.of(any)))).isEqualTo("consent_missing");
    LoginSecret proof = scenario.agreed(started.id(), ALICE);

    assertThat(bindCode(started, any, Optional.of(proof), scenario.helper, scenario.key))
        .isEqualTo("poll_secret_invalid");
    assertThat(bindCode(started, started.poll(), Optional.empty(), scenario.helper, scenario.key))
        .isEqualTo("proof_invalid");
    assertThat(bindCode(started, started.poll(), Optional.of(any), scenario.helper, scenario.key))
        .isEqualTo("proof_invalid");
    assertThat(bindCode(started, started.poll(), Optional.of(proof), any, scenario.key))
        .isEqualTo("helper_secret_invalid");
    assertThat(
            bindCode(
                started,
                started.poll(),
                Optional.of(proof),
                scenario.helper,
                LoginScenario.newKey()))
        .isEqualTo("key_differs");
    assertThat(scenario.bind(started, Optional.of(proof))).isInstanceOf(BindOutcome.Bound.class);
    assertThat(code(scenario.bind(started, Optional.of(proof))))
        .as("once")
        .isEqualTo("proof_invalid");
    assertThat(refusals())
        .containsExactly("proof_invalid", "proof_invalid", "helper_secret_invalid", "key_differs");
  }

  @Test
  void theProofCountsForAMinute() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    LoginSecret proof = scenario.agreed(started.id(), ALICE);
    scenario.pass(Duration.ofSeconds(60));
    assertThat(code(scenario.bind(started, Optional.of(proof)))).isEqualTo("proof_invalid");
  }

  @Test
  void aKeyBelongsToOneIdentityForEver() throws Exception {
    LoginView alices = scenario.login(ALICE);
    scenario.desk.end(alices.id(), new Ender.Owner(ALICE.id()));
    scenario.crash();
    StartOutcome.Started started = scenario.started(scenario.loopback());
    scenario.idp.signsIn(BOB);
    LoginSecret browser = scenario.sentToSignIn(started.id());
    assertThat(code(scenario.comesBack(browser, BROWSER))).isEqualTo("key_in_use");
    assertThat(refusals()).containsExactly("key_in_use");
  }

  @Test
  void ofTwoWhoBindOneKeyTogetherOneGetsIt() throws Exception {
    StartOutcome.Started first = scenario.started(scenario.loopback());
    StartOutcome.Started second = scenario.started(scenario.loopback());
    LoginSecret alices = scenario.agreed(first.id(), ALICE);
    LoginSecret bobs = scenario.agreed(second.id(), BOB);
    assertThat(scenario.bind(first, Optional.of(alices))).isInstanceOf(BindOutcome.Bound.class);
    assertThat(code(scenario.bind(second, Optional.of(bobs)))).isEqualTo("key_in_use");
    assertThat(state(second)).isEqualTo(PollState.REFUSED);
  }

  @Test
  void theSameIdentityMayLogInAgainWithItsKey() throws Exception {
    LoginView first = scenario.login(ALICE);
    LoginView second = scenario.login(ALICE);
    scenario.desk.recheckDue();
    assertThat(scenario.desk.loginsOf(ALICE.id())).containsExactly(second);
    assertThat(scenario.desk.isOpen(first.id())).isFalse();
    List<JsonObject> ended = scenario.entries(EntryKind.LOGIN_ENDED);
    assertThat(ended).hasSize(1);
    assertThat(ended.getFirst().text("cause")).contains("replaced");
    assertThat(ended.getFirst().text("by")).contains(second.id().text());
  }

  @Test
  void aUsernameOfAnotherIsRefusedAtConsent() throws Exception {
    scenario.login(ALICE);
    var twin =
        new dev.daypass.identity.Identity(
            new dev.daypass.identity.IdentityId("https://other.example.com", "7"),
            "okta",
            false,
            ALICE.kind(),
            ALICE.username(),
            Optional.empty(),
            Optional.empty(),
            java.util.Set.of(),
            Map.of(),
            Optional.empty(),
            List.of(),
            false,
            "loopback");
    StartOutcome.Started started = scenario.started(LoginScenario.newKey(), scenario.loopback());
    LoginScenario.Page page = scenario.signedIn(started.id(), twin);
    assertThat(code(scenario.answers(page, true, Optional.empty()))).isEqualTo("username_taken");
    assertThat(state(started)).isEqualTo(PollState.REFUSED);
    assertThat(refusals()).containsExactly("username_taken");
  }

  @Test
  void aLedgerThatIsAwayLeavesConsentAndBindToBeTriedAgain() throws Exception {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
    scenario.ledger.store().full(true);
    assertThat(code(scenario.answers(page, true, Optional.empty()))).isEqualTo("unavailable");
    assertThat(state(started)).isEqualTo(PollState.SIGNED_IN);
    assertThat(scenario.desk.standing(scenario.key)).isNotInstanceOf(Standing.Known.class);
  }

  @Test
  void anUnboundKeyStandsForNobody() {
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_required");
  }

  private PollState state(StartOutcome.Started started) {
    return ((PollOutcome.Known) scenario.desk.state(started.id(), started.poll())).state();
  }

  private String startCode(StartRequest request) {
    StartOutcome outcome = scenario.desk.start(scenario.key, request, TERMINAL);
    return outcome instanceof StartOutcome.Started ? "" : code(outcome);
  }

  private String callback(
      String provider, Map<String, List<String>> parameters, Optional<LoginSecret> browser) {
    return code(scenario.desk.callback(provider, parameters, browser, BROWSER));
  }

  private String bindCode(
      StartOutcome.Started started,
      LoginSecret poll,
      Optional<LoginSecret> proof,
      LoginSecret helper,
      SshPublicKey by) {
    return code(scenario.desk.bind(started.id(), poll, proof, helper, by, TERMINAL));
  }

  private List<String> refusals() throws Exception {
    return scenario.entries(EntryKind.REQUESTS_REFUSED).stream()
        .map(LoginFlowTest::reasonCode)
        .toList();
  }

  private static String reasonCode(JsonObject refusal) {
    var reasons = (dev.daypass.ledger.json.JsonArray) refusal.value("reasons").orElseThrow();
    return ((JsonObject) reasons.values().getFirst()).text("code").orElseThrow();
  }
}
