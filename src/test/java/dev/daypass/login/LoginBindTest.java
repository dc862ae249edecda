package dev.daypass.login;

import static dev.daypass.login.LoginScenario.ALICE;
import static dev.daypass.login.LoginScenario.BOB;
import static dev.daypass.login.LoginScenario.BROWSER;
import static dev.daypass.login.LoginScenario.TERMINAL;
import static dev.daypass.login.LoginScenario.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.outcome.PollState;
import dev.daypass.login.outcome.Standing;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.ssh.SshPublicKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consent and bind: whose yes counts, and which key it is given to. */
final class LoginBindTest {
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
  void consentNeedsThePagesOwnToken() {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
    assertThat(
            code(
                scenario.desk.consent(
                    page.id(), page.browser(), "", true, Optional.empty(), BROWSER)))
        .isEqualTo("consent_invalid");
    assertThat(scenario.state(started)).isEqualTo(PollState.SIGNED_IN);
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
    assertThat(scenario.state(started)).isEqualTo(PollState.REFUSED);
    assertThat(scenario.refusals()).containsExactly("consent_denied");
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
    assertThat(scenario.refusals())
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
    assertThat(scenario.refusals()).containsExactly("key_in_use");
  }

  @Test
  void ofTwoWhoBindOneKeyTogetherOneGetsIt() throws Exception {
    StartOutcome.Started first = scenario.started(scenario.loopback());
    StartOutcome.Started second = scenario.started(scenario.loopback());
    LoginSecret alices = scenario.agreed(first.id(), ALICE);
    LoginSecret bobs = scenario.agreed(second.id(), BOB);
    assertThat(scenario.bind(first, Optional.of(alices))).isInstanceOf(BindOutcome.Bound.class);
    assertThat(code(scenario.bind(second, Optional.of(bobs)))).isEqualTo("key_in_use");
    assertThat(scenario.state(second)).isEqualTo(PollState.REFUSED);
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
        new Identity(
            new IdentityId("https://other.example.com", "7"),
            "okta",
            false,
            ALICE.kind(),
            ALICE.username(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Map.of(),
            Optional.empty(),
            List.of(),
            false,
            "loopback");
    StartOutcome.Started started = scenario.started(LoginScenario.newKey(), scenario.loopback());
    LoginScenario.Page page = scenario.signedIn(started.id(), twin);
    assertThat(code(scenario.answers(page, true, Optional.empty()))).isEqualTo("username_taken");
    assertThat(scenario.state(started)).isEqualTo(PollState.REFUSED);
    assertThat(scenario.refusals()).containsExactly("username_taken");
  }

  @Test
  void aLedgerThatIsAwayLeavesConsentAndBindToBeTriedAgain() throws Exception {
    StartOutcome.Started started = scenario.started(scenario.loopback());
    LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
    scenario.ledger.store().full(true);
    assertThat(code(scenario.answers(page, true, Optional.empty()))).isEqualTo("unavailable");
    assertThat(scenario.state(started)).isEqualTo(PollState.SIGNED_IN);
    assertThat(scenario.desk.standing(scenario.key)).isNotInstanceOf(Standing.Known.class);
  }

  private String bindCode(
      StartOutcome.Started started,
      LoginSecret poll,
      Optional<LoginSecret> proof,
      LoginSecret helper,
      SshPublicKey by) {
    return code(scenario.desk.bind(started.id(), poll, proof, helper, by, TERMINAL));
  }
}
