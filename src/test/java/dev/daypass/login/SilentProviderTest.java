package dev.daypass.login;

import static dev.daypass.login.LoginScenario.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ssh.SshPublicKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that answers nothing costs one timeout after another: how many in a round. */
final class SilentProviderTest {
  private static final int LOGINS = 100;

  @TempDir private Path folder;
  private LoginScenario scenario;

  @BeforeEach
  void open() throws Exception {
    scenario = new LoginScenario(folder);
    scenario.idp.keepRefreshTokens();
    for (int i = 0; i < LOGINS; i++) {
      SshPublicKey key = LoginScenario.newKey();
      grant(key, scenario.login(key, ALICE));
    }
    scenario.pass(Duration.ofMinutes(6));
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void isNotAskedAboutEveryLoginInARound() {
    scenario.idp.unreachable(true);
    scenario.desk.recheckDue();
    assertThat(scenario.idp.refreshes()).isBetween(32, 63);

    scenario.idp.unreachable(false);
    scenario.pass(Duration.ofSeconds(10));
    int before = scenario.idp.refreshes();
    scenario.desk.recheckDue();
    assertThat(scenario.idp.refreshes()).as("all, once it answers").isEqualTo(before + LOGINS);
  }

  /** As if it had been granted for half an hour. */
  private void grant(SshPublicKey key, LoginView login) throws Exception {
    Draft plain = scenario.ledger.granting("alice");
    JsonObject details =
        plain.details().toBuilder()
            .put("login", login.id().text())
            .put("key", key.line())
            .put(
                "valid_before",
                scenario.ledger.clock().now().plus(Duration.ofMinutes(30)).toString())
            .build();
    SearchKeys search =
        new SearchKeys(
            Optional.empty(), Optional.empty(), Optional.of(login.key()), Optional.empty());
    scenario.ledger.append(
        Draft.granting(plain.kind(), details, plain.certificate().orElseThrow(), search));
  }
}
