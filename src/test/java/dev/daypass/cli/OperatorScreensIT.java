package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.cli.CommandLineRun.Outcome;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.browser.Chromium;
import dev.daypass.e2e.browser.TerminalPicture;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code daypassd} shows to operators, as pictures for people to look at. */
final class OperatorScreensIT {
  private static final String DAYPASSD = "target/daypass/bin/daypassd";

  private static final String FRIDAY = "2026-11-20T09:00:00Z";

  @TempDir static Path folder;

  private static Chromium chromium;
  private static TestCa ca;
  private static String serial;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.start();
    ca = TestCa.start();
    serial =
        ca.client()
            .certificate(
                OpenSshPrivateKey.generate(SshKeyType.ED25519),
                ca.idp().token("alice@example.com", "dba"))
            .send()
            .text("serial");
  }

  @AfterAll
  static void stop() {
    ca.close();
    chromium.close();
  }

  @Test
  void withoutADaemon() throws Exception {
    CommandLineRun daypassd = examples("plain");
    shown("help", daypassd.runBare("--help"), 0);
    shown("check", daypassd.run("check"), 0);
    String[] explain = {"explain", "--as", "alice@example.com", "--role", "prod-db-debug"};
    shown("explain-refused", daypassd.run(explain), 2);
    String[] rest = {"--groups", "dba", "--at", FRIDAY, "--reason", "INC-7"};
    shown("explain", daypassd.run(and(explain, rest)), 0);
    shown("init", daypassd.run("init"), 0);
    shown("init-again", daypassd.run("init"), 2);
    shown("no-daemon", daypassd.run("logins", "list"), 4);
    shown("usage", daypassd.run("frobnicate"), 1);
    String config = Files.readString(daypassd.config());
    Files.writeString(daypassd.config(), config.replace("idle: 30s", "idel: 30"));
    shown("check-refused", daypassd.run("check"), 2);
  }

  @Test
  void besideADaemon() throws Exception {
    shown("idp-test", run("idp", "test", ca.files().config().identity().firstKey()), 0);
    shown("logins-list", run("logins", "list"), 0);
    shown("logins-end-refused", run("logins", "end", "--user", "bob", "--reason", "he left"), 2);
    shown("ledger-show", run("ledger", "show", serial), 0);
    shown("ledger-verify", run("ledger", "verify"), 0);
    shown("thaw", run("thaw", "--clock"), 0);
  }

  @Test
  void theQuickstart() throws Exception {
    Command.Result story =
        Command.of("script", "-qec", "stty cols 100; " + DAYPASSD + " quickstart --once")
            .and("/dev/null")
            .with("PATH", System.getenv("PATH"))
            .with("TERM", "xterm")
            .with("HOME", folder.toString())
            .run();
    assertThat(story.exit()).as(story.toString()).isZero();
    TerminalPicture.take(chromium, "daypassd-quickstart", story.out());
  }

  private static String[] and(String[] words, String... more) {
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  private static CommandLineRun examples(String name) throws IOException {
    return new CommandLineRun(Files.createDirectory(folder.resolve(name)))
        .at(Map.of("TERM", "xterm"));
  }

  private static Outcome run(String... words) throws IOException {
    String[] config = {"--config", ca.files().configFile().toString()};
    return examples("run" + System.nanoTime()).runBare(and(config, words));
  }

  private static void shown(String name, Outcome outcome, int exit) {
    assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(exit);
    TerminalPicture.take(chromium, "daypassd-" + name, outcome.out() + outcome.err());
  }
}
