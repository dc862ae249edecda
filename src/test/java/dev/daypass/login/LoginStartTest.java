package dev.daypass.login;

import static dev.daypass.login.LoginScenario.BROWSER;
import static dev.daypass.login.LoginScenario.TERMINAL;
import static dev.daypass.login.LoginScenario.code;
import static dev.daypass.login.LoginScenario.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.login.outcome.PollState;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.ssh.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may begin a login, how many, and for how long it waits. */
final class LoginStartTest {
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
    assertThat(scenario.state(started)).isEqualTo(PollState.EXPIRED);
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

  private String startCode(StartRequest request) {
    StartOutcome outcome = scenario.desk.start(scenario.key, request, TERMINAL);
    return outcome instanceof StartOutcome.Started ? "" : code(outcome);
  }
}
