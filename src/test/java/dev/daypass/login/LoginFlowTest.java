package dev.daypass.login;

import static dev.daypass.login.LoginScenario.ALICE;
import static dev.daypass.login.LoginScenario.TERMINAL;
import static dev.daypass.login.LoginScenario.code;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login in loopback mode, from its start to its bind. */
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
    assertThat(scenario.state(started)).isEqualTo(PollState.WAITING);

    LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
    assertThat(scenario.state(started)).isEqualTo(PollState.SIGNED_IN);
    assertThat(page.view().key()).isEqualTo(scenario.key.fingerprint());
    assertThat(page.view().hostname()).isEqualTo("laptop");
    assertThat(page.view().asker()).isEqualTo(TERMINAL.address());
    assertThat(page.view().others()).isEmpty();

    ConsentOutcome.Finish finish =
        (ConsentOutcome.Finish) scenario.answers(page, true, Optional.empty());
    assertThat(finish.port()).isEqualTo(LoginScenario.PORT);
    assertThat(scenario.state(started)).isEqualTo(PollState.CONSENTED);

    BindOutcome.Bound bound =
        (BindOutcome.Bound) scenario.bind(started, Optional.of(finish.proof()));
    assertThat(scenario.state(started)).isEqualTo(PollState.BOUND);
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
  void anUnboundKeyStandsForNobody() {
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_required");
  }
}
