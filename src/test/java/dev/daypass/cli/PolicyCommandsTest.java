package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cli.CommandLineRun.Outcome;
import dev.daypass.cli.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} and {@code explain} over the example policy. */
final class PolicyCommandsTest {
  private static final String FRIDAY = "2026-11-20T09:00:00Z";

  @TempDir private Path folder;
  private CommandLineRun daypassd;

  @BeforeEach
  void copyExamples() throws IOException {
    daypassd = new CommandLineRun(folder);
  }

  @Test
  void examplesPassCheck() {
    Outcome outcome = daypassd.run("check");

    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .startsWith("good: ")
        .contains("okta (persons, primary)", "ci (services, bearer)", "deploy-web")
        .contains("daypassd init makes them");
  }

  @Test
  void checkReportsTheFaultsOfBothFilesAtOnce() throws IOException {
    Files.writeString(
        daypassd.config(), Files.readString(daypassd.config()).replace("idle: 30s", "idle: 30"));
    Files.writeString(
        daypassd.policy(), Files.readString(daypassd.policy()).replace("max: 1h", "max: 60"));

    Outcome outcome = daypassd.run("check");

    assertThat(outcome.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(outcome.err())
        .contains("daypass.yaml has 1 problem", "limits.idle", "policy.yaml has 1 problem")
        .contains("roles.prod-db-debug.ttl.max");
  }

  @Test
  void checkReadsTheListOfBlockedKeys() throws IOException {
    Files.writeString(
        daypassd.config(), Files.readString(daypassd.config()).replace("# blocked: ", "blocked: "));
    Path list = Files.writeString(folder.resolve("blocked-keys"), "# none yet\n");
    Outcome good = daypassd.run("check");
    Files.writeString(list, "# one\nnonsense\n");
    Outcome bad = daypassd.run("check");

    assertThat(good.exit()).as(good.err()).isEqualTo(ExitCode.DONE);
    assertThat(good.out()).containsPattern("blocked keys +0\n");
    assertThat(bad.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(bad.err()).contains("blocked-keys has 1 problem", "line 2", "ssh-keygen -lf");
  }

  @Test
  void checkSaysHowToMakeTlsFilesThatAreMissing() throws IOException {
    Files.delete(folder.resolve("tls.crt"));
    Files.delete(folder.resolve("tls.key"));

    Outcome outcome = daypassd.run("check");

    assertThat(outcome.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(outcome.err())
        .contains("daypass.yaml has 2 problems", "put the certificate of ca.example.com")
        .contains("openssl req -x509", "-keyout " + folder.resolve("tls.key"))
        .contains("there is no file " + folder.resolve("tls.key"));
  }

  @Test
  void reasonsOfRefusalStandInOneColumn() {
    Outcome outcome = explain("--groups", "dba", "--ttl", "5h");

    assertThat(outcome.out())
        .contains(
            """

              denied           Routine access is closed at weekends.
                               → Ask again when this no longer applies, or ask for another role.

              reason_required  This role asks for a reason.
            """);
  }

  @Test
  void explainNamesTheRuleThatGranted() {
    Outcome outcome = explain("--groups", "dba", "--reason", "look", "--at", FRIDAY);

    assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .startsWith("granted: alice@example.com may hold prod-db-debug")
        .contains("roles.prod-db-debug.allow[0]", "\"dba\" in identity.groups")
        .contains("for 30 minutes", "daypass:prod-db-debug", "db-1.prod.example.com")
        .contains("alice@example.com role=prod-db-debug", "permit-pty");
  }

  @Test
  void groupsOfThePolicyCountAsWell() {
    assertThat(explain("--reason", "look", "--at", FRIDAY).exit()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void explainNamesEachReasonAgainstIt() {
    Outcome outcome = explain("--groups", "dba", "--ttl", "5h");

    assertThat(outcome.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(outcome.out())
        .startsWith("refused: alice@example.com may not hold prod-db-debug")
        .contains("Routine access is closed at weekends.", "ttl_above_max", "reason_required");
  }

  @Test
  void explainKnowsHosts() {
    Outcome named = explain("--reason", "look", "--at", FRIDAY, "--host", "db-1.prod.example.com");
    Outcome other = explain("--reason", "look", "--at", FRIDAY, "--host", "web-1.prod.example.com");

    assertThat(named.out()).contains("daypass:prod-db-debug@db-1.prod.example.com");
    assertThat(other.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(other.out()).contains("host_not_in_role");
  }

  @Test
  void explainSpeaksForServices() {
    Outcome outcome =
        daypassd.run(
            "explain",
            "--as",
            "repo:example/web:ref:refs/heads/main",
            "--provider",
            "ci",
            "--claim",
            "repository=example/web",
            "--claim",
            "ref=refs/heads/main",
            "--role",
            "deploy-web");

    assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).contains("force-command /usr/local/bin/deploy-web");
  }

  @Test
  void unknownRoleNamesTheNearest() {
    Outcome outcome = daypassd.run("explain", "--as", "a@example.com", "--role", "prod-db-debgu");

    assertThat(outcome.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(outcome.err()).contains("did you mean prod-db-debug?");
  }

  @Test
  void timeThatIsNoneIsUsage() {
    assertThat(explain("--at", "yesterday").exit()).isEqualTo(ExitCode.USAGE);
  }

  private Outcome explain(String... more) {
    String[] all = new String[more.length + 5];
    all[0] = "explain";
    all[1] = "--as";
    all[2] = "alice@example.com";
    all[3] = "--role";
    all[4] = "prod-db-debug";
    System.arraycopy(more, 0, all, 5, more.length);
    return daypassd.run(all);
  }
}
