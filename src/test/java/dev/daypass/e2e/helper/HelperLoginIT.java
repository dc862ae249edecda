package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code daypass login} and {@code logout}, and what they keep to themselves. */
final class HelperLoginIT {
  private static final String NEXT = "  next     daypass login, when you need a server again\n";

  @TempDir Path folder;

  private LoginCa ca;
  private Laptop laptop;

  @BeforeEach
  void start() throws IOException {
    ca = new LoginCa();
    laptop = Laptop.initialised(folder.resolve("home"), Shell.DASH, ca);
  }

  @AfterEach
  void stop() throws IOException {
    laptop.close();
    ca.close();
  }

  @ParameterizedTest
  @EnumSource
  void saysWhoAndUntilWhenAndWhatNext(Shell shell) throws Exception {
    laptop.close();
    laptop = Laptop.initialised(folder.resolve("other"), shell, ca);
    Command.Result result = laptop.daypass("login").run();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.out().lines())
        .hasSize(6)
        .satisfies(lines -> {
          assertThat(lines.get(0)).startsWith("Your browser opens " + ca.url() + "/login/");
          assertThat(lines.get(1)).startsWith("  key      SHA256:");
          assertThat(lines.get(2)).isEqualTo("Waiting for the browser.");
          assertThat(lines.get(3)).isEqualTo("Logged in as alice@example.com");
          assertThat(lines.get(4)).matches("  until    for 10 more hours, until .*");
          assertThat(lines.get(5)).isEqualTo("  next     ssh to your servers, or: daypass status");
        });
  }

  @Test
  void theBrowserIsShownAPageThatCanDoNothing() throws Exception {
    assertThat(ca.page())
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Content-Security-Policy: default-src 'none'; style-src 'sha256-")
        .contains("Cache-Control: no-store\r\n")
        .contains("<h1>Done.</h1>")
        .contains("You can close this window.")
        .doesNotContain("<script")
        .doesNotContain(LoginCa.PROOF);
    String style = between("<style>", ca.page(), "</style>");
    byte[] hash = Bytes.ofUtf8(style).sha256().toArray();
    assertThat(ca.page())
        .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';");
    // It looks as the pages before it do, by day and by night.
    String others = Files.readString(Path.of("src/main/resources/page/daypass.css"));
    assertThat(Pattern.compile("--[a-z]+: ?#[0-9a-f]{6}").matcher(style).results())
        .hasSize(12)
        .allSatisfy(colour -> assertThat(others).contains(colour.group().replace(":", ": ")));
  }

  private static String between(String start, String text, String end) {
    return text.substring(text.indexOf(start) + start.length(), text.indexOf(end));
  }

  @ParameterizedTest
  @EnumSource
  void nobodyElseBecomesMeUnasked(Shell shell) throws Exception {
    laptop.close();
    laptop = Laptop.initialised(folder.resolve("other"), shell, ca);
    laptop.losesItsAgent();
    ca.username = "mallory@example.com";
    Command.Result result = laptop.daypass("login").run();
    assertThat(result.exit()).as(result.toString()).isEqualTo(2);
    assertThat(result.err())
        .contains("signed in as mallory@example.com; here you were alice@example.com.")
        .contains("daypass login --switch");
    assertThat(ca.asked("DELETE /v1/logins/current")).isOne();
    assertThat(laptop.daypassFile("key.pub")).doesNotExist();
    assertThat(laptop.daypass("ensure", "prod").run().exit()).isEqualTo(3);
    assertThat(laptop.daypass("login", "--switch", "--yes").run().out())
        .contains("Logged in as mallory@example.com\n");
  }

  @Test
  void anotherPersonsKeyIsNamedAndSwitchMakesANewOne() throws Exception {
    String key = Files.readString(laptop.daypassFile("key.pub"));
    ca.username = "bob@example.com";
    Command.Result taken = laptop.daypass("login").run();
    assertThat(taken.exit()).isEqualTo(2);
    assertThat(taken.err()).contains("daypass login --switch").contains("(key_in_use)");
    assertThat(laptop.daypass("login", "--switch", "--yes").run().exit()).isZero();
    assertThat(laptop.daypassFile("key.pub")).content().isNotEqualTo(key);
  }

  @Test
  void aRefusalInTheBrowserEndsTheWait() throws Exception {
    ca.state = "refused";
    Command.Result refused = laptop.daypass("login", "--no-browser").run();
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("The login was refused in the browser.");
    assertThat(refused.out()).contains("Open this in a browser on this machine:\n  " + ca.url());
    ca.state = "expired";
    assertThat(laptop.daypass("login", "--no-browser").run().exit()).isEqualTo(3);
  }

  @Test
  void deviceModeIsTheServersChoice() throws Exception {
    Command.Result off = laptop.daypass("login", "--device").run();
    assertThat(off.exit()).isEqualTo(2);
    assertThat(off.err()).contains("(device_mode_off)");
    ca.deviceMode = true;
    ca.state = "consented";
    Command.Result on = laptop.daypass("login", "--device").with("SSH_CONNECTION", "x").run();
    assertThat(on.exit()).as(on.toString()).isZero();
    assertThat(on.out())
        .contains("Type   BCDF-GHJK\n")
        .contains("Logged in as alice@example.com\n");
  }

  @Test
  void overSshItSaysWhyNoBrowserCanHelp() throws Exception {
    Command.Result result =
        laptop.daypass("login").with("SSH_CONNECTION", "x").with("BROWSER", "").run();
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("here through ssh").contains("daypass login --device");
  }

  @Test
  void onlyThisAuthoritysPageIsOpened() throws Exception {
    for (String url :
        List.of(
            "file:///etc/passwd",
            "https://evil.example",
            ca.url() + "/login/$(id)",
            ca.url() + "/login/L&calc.exe",
            ca.url() + "/login/../v1/client")) {
      String answer = "login: %s\npoll_secret: %s\nurl: %s\n".formatted("L", "P", url);
      ca.next().answering("201 Created", "", answer);
      Command.Result result = laptop.daypass("login").run();
      assertThat(result.exit()).isEqualTo(4);
      assertThat(result.out()).doesNotContain(url);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noSecretStandsOnACommandLineOrStaysOnTheDisk(Shell shell) throws Exception {
    laptop.close();
    laptop = Laptop.initialised(folder.resolve("other"), shell, ca);
    Path trace = folder.resolve("trace");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Command login = laptop.daypass("login").with("XDG_RUNTIME_DIR", temporary.toString());
    List<String> words =
        Stream.concat(
                Stream.of("strace", "-f", "-qq", "-s", "100000", "-e", "trace=execve", "-o"),
                Stream.concat(Stream.of(trace.toString()), login.words().stream()))
            .toList();
    Command.Result result = new Command(words, login.environment(), login.cleared()).run();
    assertThat(result.exit()).as(result.toString()).isZero();
    String bind =
        ca.requests().stream().filter(r -> r.line().endsWith("/bind")).toList().getLast().body();
    String secret = bind.replaceAll(".*secret=([^&]*).*", "$1");
    String programs = Files.readString(trace);
    // The browser of this test names the proof, as the user's own does not.
    String ours =
        programs.lines().filter(line -> !line.contains("Origin")).reduce("", String::concat);
    assertThat(ours)
        .contains("\"curl\"", "\"ssh-keygen\"")
        .doesNotContain(LoginCa.PROOF, "P".repeat(43), secret, "SSHSIG v=1");
    assertThat(temporary).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void loggingOutTakesTheKeyAway(Shell shell) throws Exception {
    laptop.close();
    laptop = Laptop.initialised(folder.resolve("other"), shell, ca);
    var _ = laptop.daypass("ensure", "prod").output();
    Command.Result out = laptop.daypass("logout").run();
    assertThat(out.out()).isEqualTo("Logged out. Certificates revoked: 1.\n" + NEXT);
    assertThat(laptop.files().stream().filter(file -> file.startsWith(".ssh/daypass")))
        .containsExactly(
            ".ssh/daypass/agent.pid rw-------",
            ".ssh/daypass/config rw-------",
            ".ssh/daypass/known_hosts rw-------");
    assertThat(laptop.daypass("logout").run().exit()).isEqualTo(3);
  }

  @Test
  void aLostLaptopIsOneCommand() throws Exception {
    assertThat(laptop.daypass("logout", "--all").run().out())
        .isEqualTo("Logged out everywhere. Logins ended: 3. Certificates revoked: 2.\n" + NEXT);
  }

  @Test
  void anUnreachableServerDoesNotKeepTheKeyHere() throws Exception {
    ca.close();
    Command.Result result = laptop.daypass("logout").run();
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).contains("could not be told");
    assertThat(laptop.daypassFile("key.pub")).doesNotExist();
  }
}
