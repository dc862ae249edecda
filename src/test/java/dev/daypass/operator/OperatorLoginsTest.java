package dev.daypass.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.login.LoginScenario;
import dev.daypass.login.LoginView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OperatorLoginsTest {
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
  void listsEachLoginOnItsLine() {
    assertThat(list()).isEqualTo("done 0");
    LoginView alice = scenario.login(LoginScenario.newKey(), LoginScenario.ALICE);
    LoginView bob = scenario.login(LoginScenario.newKey(), LoginScenario.BOB);
    List<String> lines = list().lines().toList();
    assertThat(lines).hasSize(3).startsWith("done 2");
    assertThat(lines.subList(1, 3))
        .anySatisfy(line -> assertThat(words(line)).startsWith(alice.id().text()))
        .anySatisfy(line ->
            assertThat(words(line))
                .containsExactly(
                    bob.id().text(),
                    "bob%40example.com",
                    "okta",
                    "laptop",
                    "loopback",
                    "192.0.2.7",
                    bob.key()
                        .toString()
                        .replace(":", "%3A")
                        .replace("/", "%2F")
                        .replace("+", "%2B"),
                    bob.openedAt().toString().replace(":", "%3A"),
                    bob.until().toString().replace(":", "%3A")));
  }

  @Test
  void listsThoseOfOneUser() {
    scenario.login(LoginScenario.newKey(), LoginScenario.ALICE);
    scenario.login(LoginScenario.newKey(), LoginScenario.BOB);
    assertThat(list("bob@example.com")).startsWith("done 1\n").contains("bob%40");
    assertThat(list("carol@example.com")).isEqualTo("done 0");
  }

  @Test
  void endsAllOfOneUserAndNamesTheOperatorAndWhy() throws Exception {
    scenario.login(LoginScenario.newKey(), LoginScenario.ALICE);
    scenario.login(LoginScenario.newKey(), LoginScenario.ALICE);
    LoginView bob = scenario.login(LoginScenario.newKey(), LoginScenario.BOB);
    assertThat(end("user", "alice@example.com", "a lost laptop")).isEqualTo("done 2 0");
    assertThat(scenario.desk().isOpen(bob.id())).isTrue();
    assertThat(scenario.entries(EntryKind.LOGIN_ENDED))
        .hasSize(2)
        .allSatisfy(entry -> {
          assertThat(entry.text("cause")).contains("operator");
          assertThat(entry.text("by")).contains("root");
          assertThat(entry.text("why")).contains("a lost laptop");
        });
    assertThat(end("user", "alice@example.com", "again"))
        .isEqualTo("refused nobody of that name is logged in");
  }

  @Test
  void endsOneLoginAndRevokesItsCertificates() throws Exception {
    LoginView login = scenario.login(LoginScenario.ALICE);
    assertThat(scenario.ask("debug")).isNotNull();
    assertThat(end("login", login.id().text(), "why not")).isEqualTo("done 1 1");
    JsonObject revoked = scenario.entries(EntryKind.REVOCATION_ADDED).getFirst();
    assertThat(revoked.text("by")).contains("root");
    assertThat(end("login", login.id().text(), "again")).startsWith("refused There is no such");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThat(end("login", "nonsense", "why")).isEqualTo("refused that is no login id");
    assertThat(end("host", "db-1", "why")).isEqualTo("refused user or login");
    assertThat(end("user", "alice@example.com"))
        .isEqualTo("refused user or login, whose, and a reason");
    for (String reason : List.of("", "  ", "x".repeat(501))) {
      assertThat(end("user", "alice@example.com", reason))
          .isEqualTo("refused a reason has 1 to 500 characters");
    }
  }

  @Test
  void saysSoWhenTheEndCouldNotBeWrittenDown() {
    LoginView login = scenario.login(LoginScenario.ALICE);
    scenario.ledgerIsFull(true);
    assertThat(end("user", "alice@example.com", "a lost laptop"))
        .startsWith("refused The login has ended; that")
        .contains("waits for the ledger");
    assertThat(scenario.desk().isOpen(login.id())).as("all the same").isFalse();
    scenario.ledgerIsFull(false);
  }

  private String list(String... words) {
    return run(OperatorLogins.LIST, words);
  }

  private String end(String... words) {
    return run(OperatorLogins.END, words);
  }

  private String run(String command, String... words) {
    Map<String, OperatorSocket.Command> commands = new OperatorLogins(scenario.desk()).commands();
    assertThat(commands).containsKey(command);
    return Objects.requireNonNull(commands.get(command)).run("root", List.of(words));
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }
}
