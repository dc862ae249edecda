package dev.daypass.login.pending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.policy.address.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The whole table of transitions: what is not in it does not happen. */
final class StageTest {
  private static final LoginSecret SECRET = LoginSecret.random(RandomGenerator.getDefault());
  private static final Stage.SignIn BY =
      new Stage.SignIn(
          new Identity(
              new IdentityId("i", "s"),
              "okta",
              true,
              IdentityKind.PERSON,
              new Username("alice"),
              Optional.empty(),
              Optional.empty(),
              Set.of(),
              Map.of(),
              Optional.empty(),
              List.of(),
              false,
              "loopback"),
          Optional.empty(),
          IpAddress.parse("192.0.2.1").orElseThrow(),
          Instant.EPOCH);
  private static final List<Stage> ALL =
      List.of(
          new Stage.Waiting(),
          new Stage.SigningIn("okta", new SignInSecrets("s", "n", "v"), SECRET),
          new Stage.Exchanging(),
          new Stage.SignedIn(BY, SECRET, SECRET, 5),
          new Stage.Consenting(),
          new Stage.Consented(BY, Optional.of(SECRET), Instant.EPOCH),
          new Stage.Binding(),
          new Stage.Bound(),
          new Stage.Refused());

  private static final Map<String, Set<String>> TRANSITIONS =
      Map.of(
          "Waiting", Set.of("SigningIn"),
          "SigningIn", Set.of("SigningIn", "Exchanging"),
          "Exchanging", Set.of("Waiting", "SignedIn", "Refused"),
          "SignedIn", Set.of("SignedIn", "Consenting", "Refused"),
          "Consenting", Set.of("SignedIn", "Consented", "Refused"),
          "Consented", Set.of("Binding"),
          "Binding", Set.of("Consented", "Bound", "Refused"),
          "Bound", Set.of(),
          "Refused", Set.of());

  @Test
  void onlyTheTransitionsOfTheTableHappen() {
    assertThat(ALL).hasSize(Stage.class.getPermittedSubclasses().length);
    for (Stage from : ALL) {
      for (Stage to : ALL) {
        assertThat(from.mayBecome(to))
            .as("%s to %s", name(from), name(to))
            .isEqualTo(TRANSITIONS.getOrDefault(name(from), Set.of()).contains(name(to)));
      }
    }
  }

  @Test
  void nothingLeavesAFinalState() {
    assertThat(ALL)
        .filteredOn(stage -> stage.pollState().isFinal())
        .allSatisfy(stage -> assertThat(ALL).noneMatch(stage::mayBecome));
  }

  private static String name(Stage stage) {
    return stage.getClass().getSimpleName();
  }
}
