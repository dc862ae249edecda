package dev.daypass.web.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import dev.daypass.login.LoginSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConsoleSessionsTest {
  private Instant now = Instant.parse("2026-11-21T01:13:00Z");
  private final ConsoleSessions sessions = new ConsoleSessions(() -> now, new Random(1));

  @Test
  void anIdleSessionEnds() {
    LoginSecret secret = sessions.open(person("alice"));
    pass(ConsoleSessions.IDLE.minusSeconds(1));
    assertThat(sessions.use(secret)).isPresent();
    pass(ConsoleSessions.IDLE.minusSeconds(1));
    assertThat(sessions.use(secret)).isPresent();
    pass(ConsoleSessions.IDLE);
    assertThat(sessions.use(secret)).isEmpty();
  }

  @Test
  void everySessionEndsAfterAnHourWhateverIsDone() {
    LoginSecret secret = sessions.open(person("alice"));
    for (int minutes = 0; minutes < 59; minutes++) {
      pass(Duration.ofMinutes(1));
      assertThat(sessions.use(secret)).isPresent();
    }
    pass(Duration.ofMinutes(1));
    assertThat(sessions.use(secret)).isEmpty();
  }

  @Test
  void onlyTheSecretOpensIt() {
    LoginSecret secret = sessions.open(person("alice"));
    assertThat(sessions.use(LoginSecret.random(new Random(7)))).isEmpty();
    ConsoleSession session = sessions.use(secret).orElseThrow();
    assertThat(session.csrf()).isNotEqualTo(secret);
    assertThat(session.toString()).doesNotContain(secret.text(), session.csrf().text());
    sessions.end(secret);
    assertThat(sessions.use(secret)).isEmpty();
  }

  @Test
  void onePersonHasAFewAndTheOldestGoes() {
    LoginSecret bobs = sessions.open(person("bob"));
    List<LoginSecret> alices = new ArrayList<>();
    for (int i = 0; i <= ConsoleSessions.MOST_OF_ONE; i++) {
      alices.add(sessions.open(person("alice")));
    }
    assertThat(sessions.use(alices.getFirst())).isEmpty();
    assertThat(alices.subList(1, alices.size())).allMatch(each -> sessions.use(each).isPresent());
    assertThat(sessions.use(bobs)).isPresent();
  }

  @Test
  void memoryIsBounded() {
    LoginSecret first = sessions.open(person("first"));
    for (int i = 0; i < ConsoleSessions.MOST; i++) {
      var _ = sessions.open(person("person-" + i));
    }
    assertThat(sessions.use(first)).isEmpty();
  }

  @Test
  void aLostLaptopEndsTheOthers() {
    LoginSecret here = sessions.open(person("alice"));
    LoginSecret there = sessions.open(person("alice"));
    LoginSecret bobs = sessions.open(person("bob"));
    assertThat(sessions.endOthers(sessions.use(here).orElseThrow())).isEqualTo(1);
    assertThat(sessions.use(here)).isPresent();
    assertThat(sessions.use(there)).isEmpty();
    assertThat(sessions.use(bobs)).isPresent();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static Identity person(String name) {
    return new Identity(
        new IdentityId("https://idp.example.com", name),
        "okta",
        true,
        IdentityKind.PERSON,
        new Username(name),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        false,
        "console");
  }
}
