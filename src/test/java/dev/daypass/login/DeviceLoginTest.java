package dev.daypass.login;

import static dev.daypass.login.LoginScenario.ALICE;
import static dev.daypass.login.LoginScenario.BOB;
import static dev.daypass.login.LoginScenario.TERMINAL;
import static dev.daypass.login.LoginScenario.code;
import static dev.daypass.login.LoginScenario.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.CallbackOutcome;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.outcome.PollOutcome;
import dev.daypass.login.outcome.PollState;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.policy.address.Cidr;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Device mode: a code carried over by hand, off unless configured (DESIGN section 4; CASES 69). */
final class DeviceLoginTest {
  @TempDir private Path folder;

  @Test
  void isOffUnlessConfigured() throws Exception {
    try (LoginScenario scenario = new LoginScenario(folder)) {
      assertThat(code(scenario.desk.start(scenario.key, scenario.device(), TERMINAL)))
          .isEqualTo("device_mode_off");
    }
  }

  @Test
  void needsAConfiguredNetworkOrAKeyThatWasBoundBefore() throws Exception {
    try (LoginScenario scenario = new LoginScenario(folder, rules("10.0.0.0/8"))) {
      assertThat(code(scenario.desk.start(scenario.key, scenario.device(), TERMINAL)))
          .isEqualTo("device_mode_refused");
      assertThat(scenario.desk.start(scenario.key, scenario.device(), visitor("10.1.2.3")))
          .isInstanceOf(StartOutcome.Started.class);
      scenario.login(ALICE);
      StartOutcome.Started known = scenario.started(scenario.device());
      scenario.idp.signsIn(BOB);
      LoginSecret browser = scenario.sentToSignIn(known.id());
      assertThat(code(scenario.comesBack(browser, visitor("198.51.100.1"))))
          .as("the key is another's")
          .isEqualTo("key_in_use");
    }
  }

  @Test
  void showsACodeAndLetsTheBrowserBeElsewhere() throws Exception {
    try (LoginScenario scenario = new LoginScenario(folder, rules("192.0.2.0/24"))) {
      StartOutcome.Started started = scenario.started(scenario.device());
      assertThat(started.code().orElseThrow().text())
          .matches("[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}");
      scenario.idp.signsIn(ALICE);
      LoginSecret first = scenario.sentToSignIn(started.id());
      assertThat(scenario.comesBack(first, visitor("198.51.100.1")))
          .as("the browser is elsewhere")
          .isInstanceOf(CallbackOutcome.ConsentNeeded.class);
    }
  }

  @Test
  void aLoginByCodeLastsAnHourAtMost() throws Exception {
    try (LoginScenario scenario = new LoginScenario(folder, rules("192.0.2.0/24"))) {
      StartOutcome.Started started = scenario.started(scenario.device());
      LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
      String typed =
          " "
              + started
                  .code()
                  .orElseThrow()
                  .text()
                  .toLowerCase(java.util.Locale.ROOT)
                  .replace("-", " ");
      assertThat(scenario.answers(page, true, Optional.of(typed)))
          .isEqualTo(new ConsentOutcome.Done());
      assertThat(code(scenario.bind(started, Optional.of(scenario.helper))))
          .as("there is no proof in this mode")
          .isEqualTo("proof_invalid");
      LoginView login = ((BindOutcome.Bound) scenario.bind(started, Optional.empty())).login();
      assertThat(login.mode()).isEqualTo(LoginMode.DEVICE);
      assertThat(Duration.between(login.openedAt(), login.until())).isEqualTo(Duration.ofHours(1));
    }
  }

  @Test
  void theCodeCountsForFiveMinutes() throws Exception {
    try (LoginScenario scenario = new LoginScenario(folder, rules("192.0.2.0/24"))) {
      StartOutcome.Started started = scenario.started(scenario.device());
      LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
      scenario.pass(Duration.ofMinutes(5));
      assertThat(code(scenario.answers(page, true, started.code().map(UserCode::text))))
          .isEqualTo("login_expired");
      assertThat(((PollOutcome.Known) scenario.desk.state(started.id(), started.poll())).state())
          .isEqualTo(PollState.EXPIRED);
      assertThat(code(scenario.bind(started, Optional.empty()))).isEqualTo("login_expired");
    }
  }

  @Test
  void theCodeMayBeWrongFourTimes() throws Exception {
    try (LoginScenario scenario = new LoginScenario(folder, rules("192.0.2.0/24"))) {
      StartOutcome.Started started = scenario.started(scenario.device());
      LoginScenario.Page page = scenario.signedIn(started.id(), ALICE);
      for (int left = 4; left > 0; left--) {
        assertThat(scenario.answers(page, true, Optional.of("BCDFGHJA")))
            .isEqualTo(new ConsentOutcome.WrongCode(left));
      }
      assertThat(code(scenario.answers(page, true, Optional.empty()))).isEqualTo("code_locked");
      assertThat(code(scenario.answers(page, true, started.code().map(UserCode::text))))
          .isEqualTo("login_state");
      assertThat(((PollOutcome.Known) scenario.desk.state(started.id(), started.poll())).state())
          .isEqualTo(PollState.REFUSED);
    }
  }

  @Test
  void takesNoPort() throws Exception {
    try (LoginScenario scenario = new LoginScenario(folder, rules("192.0.2.0/24"))) {
      StartRequest request =
          new StartRequest(
              "laptop",
              LoginMode.DEVICE,
              OptionalInt.of(4000),
              Optional.of(scenario.helper.sha256()),
              Optional.empty());
      assertThat(code(scenario.desk.start(scenario.key, request, TERMINAL)))
          .isEqualTo("start_invalid");
    }
  }

  private static LoginRules rules(String network) {
    LoginRules defaults = LoginRules.DEFAULTS;
    return new LoginRules(
        defaults.lifetime(),
        defaults.lifetimeWithoutRefresh(),
        defaults.checkAge(),
        defaults.grace(),
        Optional.of(List.of(Cidr.parse(network).orElseThrow())),
        false);
  }
}
