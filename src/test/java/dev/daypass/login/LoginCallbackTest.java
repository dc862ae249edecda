package dev.daypass.login;

import static dev.daypass.login.LoginScenario.ALICE;
import static dev.daypass.login.LoginScenario.BROWSER;
import static dev.daypass.login.LoginScenario.code;
import static dev.daypass.login.LoginScenario.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.login.outcome.CallbackOutcome;
import dev.daypass.login.outcome.ConsentPage;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.PollState;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.login.provider.SignInResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back from the provider, and what of it is believed. */
final class LoginCallbackTest {
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
    assertThat(scenario.state(started)).isEqualTo(PollState.REFUSED);
    assertThat(scenario.refusals()).containsExactly("email_unverified");
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
    assertThat(scenario.state(started)).isEqualTo(PollState.REFUSED);
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

  private String callback(
      String provider, Map<String, List<String>> parameters, Optional<LoginSecret> browser) {
    return code(scenario.desk.callback(provider, parameters, browser, BROWSER));
  }
}
