package dev.daypass.login;

import static dev.daypass.login.LoginScenario.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.Standing;
import dev.daypass.login.outcome.StartOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles that need a person who authenticated lately (DESIGN section 5): a refresh is no login. */
final class FreshLoginTest {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  @TempDir private Path folder;
  private LoginScenario scenario;

  @BeforeEach
  void open() throws Exception {
    scenario = new LoginScenario(folder);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void aRoleWithMaxAuthAgeIsGrantedOnlyForThatLong() {
    scenario.login(authenticated(now()));
    assertThat(scenario.ask("recent")).isInstanceOf(IssuanceOutcome.Issued.class);
    scenario.pass(TEN_MINUTES.plusSeconds(1));
    Reason reason = refusal("recent");
    assertThat(reason.code()).isEqualTo("authentication_too_old");
    assertThat(reason.detail()).contains("within the last 10m");
    assertThat(reason.remedy()).isEqualTo("Log in anew: daypass login --fresh.");
    assertThat(scenario.ask("debug")).as("others go on").isInstanceOf(IssuanceOutcome.Issued.class);
  }

  @Test
  void aConditionSeesTheAge() {
    scenario.login(authenticated(now()));
    assertThat(scenario.ask("aged")).isInstanceOf(IssuanceOutcome.Issued.class);
    scenario.pass(TEN_MINUTES);
    assertThat(scenario.ask("aged")).isInstanceOf(IssuanceOutcome.Refused.class);
  }

  @Test
  void whoNeverSaidWhenIsNotRecent() {
    scenario.login(ALICE);
    assertThat(refusal("recent").code()).isEqualTo("authentication_too_old");
    assertThat(scenario.ask("aged")).isInstanceOf(IssuanceOutcome.Refused.class);
  }

  @Test
  void aRefreshMakesNobodyRecent() {
    Instant before = now();
    scenario.login(authenticated(before));
    scenario.pass(TEN_MINUTES.plusSeconds(1));
    // Whatever a provider says in a refresh: nobody was asked for a password.
    scenario.idp.derives(_ -> authenticated(now()));
    assertThat(refusal("recent").code()).isEqualTo("authentication_too_old");
    assertThat(scenario.idp.refreshes()).isEqualTo(1);
    assertThat(((Standing.Known) scenario.desk.standing(scenario.key)).identity().authenticatedAt())
        .contains(before);
  }

  @Test
  void aFreshLoginMakesTheRoleGrantable() {
    Instant before = now();
    scenario.login(authenticated(before));
    scenario.pass(TEN_MINUTES.plusSeconds(1));
    assertThat(refusal("recent").code()).isEqualTo("authentication_too_old");

    StartRequest fresh = fresh();
    StartOutcome.Started started = scenario.started(fresh);
    LoginSecret proof = scenario.agreed(started.id(), authenticated(now()));
    assertThat(scenario.idp.lastTerms().maxAge()).as("max_age").contains(Duration.ZERO);
    assertThat(scenario.bind(started, Optional.of(proof))).isInstanceOf(BindOutcome.Bound.class);

    assertThat(scenario.ask("recent")).isInstanceOf(IssuanceOutcome.Issued.class);
  }

  @Test
  void aProviderThatAsksNobodyAnewMakesNoFreshLogin() {
    Instant before = now();
    scenario.pass(TEN_MINUTES);
    StartOutcome.Started started = scenario.started(fresh());
    scenario.idp.signsIn(authenticated(before));
    LoginSecret browser = scenario.sentToSignIn(started.id());
    assertThat(LoginScenario.code(scenario.comesBack(browser, LoginScenario.BROWSER)))
        .isEqualTo("authentication_too_old");
  }

  private StartRequest fresh() {
    StartRequest usual = scenario.loopback();
    return new StartRequest(
        usual.hostname(),
        usual.mode(),
        usual.port(),
        usual.challenge(),
        Optional.of(Duration.ZERO));
  }

  private Reason refusal(String role) {
    IssuanceOutcome outcome = scenario.ask(role);
    assertThat(outcome).isInstanceOf(IssuanceOutcome.Refused.class);
    return ((IssuanceOutcome.Refused) outcome).reasons().getFirst();
  }

  private Instant now() {
    return scenario.ledger.clock().now();
  }

  private static Identity authenticated(Instant at) {
    return ALICE.authenticated(Optional.of(at));
  }
}
