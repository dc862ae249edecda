package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code daypass init} writes, what it refuses to write, and how it undoes it. */
final class HelperInitIT {
  private static final String OWN = "Host *\n  User me\n# no newline at the end";

  @TempDir Path folder;

  private LoginCa ca;
  private Laptop laptop;

  @BeforeEach
  void start() throws IOException {
    ca = new LoginCa();
    laptop = new Laptop(folder.resolve("home"), Shell.DASH, ca);
  }

  @AfterEach
  void stop() throws IOException {
    laptop.close();
    ca.close();
  }

  @ParameterizedTest
  @EnumSource
  void writesWhatPlainSshNeeds(Shell shell) throws Exception {
    ca.roles =
        ca.roles
            + LoginCa.role("root", "depends_on_request", "pattern", "db-1")
            + LoginCa.role("other", "refused", "optional", "web-1");
    ca.knownHosts = "@cert-authority *.prod.example.com,db-1 ssh-ed25519 AAAA comment\n";
    laptop = new Laptop(folder.resolve("home"), shell, ca);
    Command.Result result = laptop.daypass("init", "--yes", ca.url()).run();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("Logged in as alice@example.com\n")
        .contains("    prod                      db-1 db-2 *.prod.example.com\n")
        .contains("Ready: ssh to these hosts as ever.");
    assertThat(laptop.ssh("config")).hasContent("Include daypass/config");
    String place = laptop.home() + "/.ssh/daypass";
    assertThat(Files.readString(laptop.daypassFile("config")))
        .contains(
            "Match host db-1,db-2,*.prod.example.com exec \""
                + DaypassScript.SCRIPT
                + " ensure prod\"\n  CertificateFile \""
                + place
                + "/prod-cert.pub\"\n  IdentityFile \""
                + place
                + "/key.pub\"\n  IdentitiesOnly yes\n  AddKeysToAgent no\n  IdentityAgent \""
                + place
                + "/agent.sock\"\n  ForwardAgent no\n  ForwardAgent /dev/null\n")
        .contains("ensure root\"")
        .doesNotContain("web-1");
    assertThat(laptop.daypassFile("known_hosts"))
        .hasContent("@cert-authority *.prod.example.com,db-1 ssh-ed25519 AAAA");
    assertThat(laptop.files())
        .containsExactly(
            ".config/daypass/config rw-------",
            ".config/daypass/login rw-------",
            ".config/daypass/roles rw-------",
            ".ssh/config rw-------",
            ".ssh/daypass/agent.pid rw-------",
            ".ssh/daypass/config rw-------",
            ".ssh/daypass/key.pub rw-r--r--",
            ".ssh/daypass/known_hosts rw-------");
  }

  @ParameterizedTest
  @EnumSource
  void asksNothingWhenNothingChanged(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    Command.Result again = laptop.daypass("init", ca.url()).run();
    assertThat(again.exit()).as(again.toString()).isZero();
    assertThat(again.out()).isEqualTo("Ready: ssh to these hosts as ever.\n");
    assertThat(ca.asked("POST /v1/logins")).isOne();
  }

  @Test
  void showsAChangeAndWritesItOnlyOnceAgreed() throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), Shell.DASH, ca);
    String before = Files.readString(laptop.daypassFile("config"));
    ca.roles = LoginCa.role("web", "held", "optional", "web-1");
    Command.Result asked = laptop.daypass("init", ca.url()).run();
    assertThat(asked.exit()).isEqualTo(2);
    assertThat(asked.out())
        .contains("    web                       web-1\n")
        .contains("    prod                      no longer\n")
        .contains("Nothing was written. To agree: daypass init --yes");
    assertThat(laptop.daypassFile("config")).hasContent(before.strip());
    Command.Result agreed = laptop.daypass("login", "--yes").run();
    assertThat(agreed.exit()).as(agreed.toString()).isZero();
    assertThat(Files.readString(laptop.daypassFile("config")))
        .contains("ensure web")
        .doesNotContain("ensure prod");
  }

  /** Host CA keys change while servers go on; more names than were agreed to are another matter. */
  @Test
  void aLoginTakesANewHostCaKeyOfTheSameNamesWithoutAQuestion() throws Exception {
    String one = "@cert-authority *.prod.example.com ssh-ed25519 AAAA\n";
    String two = "@cert-authority *.prod.example.com ssh-ed25519 BBBB\n";
    ca.knownHosts = one;
    laptop = Laptop.initialised(folder.resolve("home"), Shell.DASH, ca);
    ca.knownHosts = one + two;
    Command.Result again = laptop.daypass("init", ca.url()).run();
    assertThat(again.exit()).as(again.toString()).isZero();
    assertThat(laptop.daypassFile("known_hosts")).hasContent(one + two);

    ca.knownHosts = two + "@cert-authority *.example.com ssh-ed25519 BBBB\n";
    assertThat(laptop.daypass("init", ca.url()).run().exit()).isEqualTo(2);
    assertThat(laptop.daypassFile("known_hosts")).hasContent(one + two);
  }

  @Test
  void putsOneLineAboveTheUsersOwnAndTakesOnlyThatAway() throws Exception {
    Path dotfiles = Files.createDirectories(folder.resolve("dotfiles"));
    Path own = Files.writeString(dotfiles.resolve("ssh config"), OWN);
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-r-----"));
    Files.createDirectories(laptop.ssh(""));
    Files.createSymbolicLink(laptop.ssh("config"), Path.of("../../dotfiles/ssh config"));
    var _ = laptop.daypass("init", "--yes", ca.url()).output();
    var _ = laptop.daypass("init", "--yes", ca.url()).output();
    assertThat(laptop.ssh("config")).isSymbolicLink();
    assertThat(own).hasContent("Include daypass/config\n" + OWN);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rw-r-----");
    var _ = laptop.daypass("init", "--remove").output();
    assertThat(Files.readString(own)).isEqualTo(OWN + "\n");
    assertThat(laptop.files()).containsExactly(".ssh/config rw-r-----");
    assertThat(ca.asked("DELETE /v1/logins/current")).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void removalLeavesNothing(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    var _ = laptop.daypass("ensure", "prod").output();
    Command.Result removed = laptop.daypass("init", "--remove").run();
    assertThat(removed.exit()).as(removed.toString()).isZero();
    assertThat(laptop.files()).isEmpty();
    assertThat(laptop.ssh("daypass")).doesNotExist();
  }

  /** What {@code /v1/roles}, {@code /v1/client} and {@code /v1/known-hosts} might slip in. */
  static Stream<List<String>> hostile() {
    String line = "Host x\\n  ProxyCommand touch ~/owned";
    return Stream.concat(
        Stream.of(
                "*",
                "**",
                "?*",
                "*.*",
                "*.com",
                "*.com.",
                "*..com",
                "*om",
                "*.?om",
                "*.c?m",
                "*hub.com",
                "d*",
                "*e",
                "!db-1",
                "db-1,*",
                "db-1\"",
                "db-1'x",
                "-db",
                "ProxyCommand",
                "$(id)",
                "`id`",
                "a;id",
                "$(touch${IFS}owned)",
                "db-1;touch${IFS}~/owned",
                "%h",
                "db-1\\n",
                line)
            .map(pattern -> List.of(LoginCa.role("prod", "held", "optional", pattern), "", "")),
        Stream.of(
            List.of(LoginCa.role("prod\\nX", "held", "optional", "db-1"), "", ""),
            List.of(LoginCa.role("../prod", "held", "optional", "db-1"), "", ""),
            List.of(LoginCa.role("prod;id", "held", "optional", "db-1"), "", ""),
            List.of(LoginCa.role("Prod", "held", "optional", "db-1"), "", ""),
            List.of(LoginCa.role("p".repeat(42), "held", "optional", "db-1"), "", ""),
            List.of(LoginCa.role("prod", "held", "maybe $(id)", "db-1"), "", ""),
            List.of(LoginCa.role("prod", "held", "optional", "a-1 ".repeat(201)), "", ""),
            List.of(LoginCa.role("prod", "held", "optional", "db-1"), "*", ""),
            List.of(LoginCa.role("prod", "held", "optional", "db-1"), "", "* ssh-ed25519 AAAA\n"),
            List.of(
                LoginCa.role("prod", "held", "optional", "db-1"),
                "",
                "@cert-authority * ssh-ed25519 AAAA\n"),
            List.of(
                LoginCa.role("prod", "held", "optional", "db-1"),
                "",
                "@cert-authority db-1 ssh-ed25519 AA\"AA\n")));
  }

  @ParameterizedTest
  @MethodSource
  void hostile(List<String> sent) throws Exception {
    ca.roles = sent.get(0);
    ca.hostPatterns = sent.get(1);
    ca.knownHosts = sent.get(2);
    Command.Result result = laptop.daypass("init", "--yes", ca.url()).run();
    assertThat(result.exit()).as(result.toString()).isEqualTo(2);
    assertThat(result.err()).contains("must not stand in an ssh configuration");
    assertThat(laptop.ssh("config")).doesNotExist();
    assertThat(laptop.daypassFile("config")).doesNotExist();
    assertThat(laptop.daypassFile("known_hosts")).doesNotExist();
    assertThat(laptop.home().resolve("owned")).doesNotExist();
    assertThat(Path.of("owned")).doesNotExist();
  }

  /** As on a full disk: what was to be the new file breaks off. */
  @Test
  void aBrokenOffWriteLeavesTheUsersOwnFileAsItWas() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String program : List.of("grep", "cat")) {
      Path broken = bin.resolve(program);
      Files.writeString(
          broken,
          """
          #!/bin/sh
          case $1 in -vxF | '') echo cut; echo 'write error' >&2; exit 2 ;; esac
          exec %s "$@"
          """
              .formatted(Command.program(program)));
      Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    var _ = laptop.daypass("init", "--yes", ca.url()).output();
    String with = "Include daypass/config\n" + OWN;
    Files.writeString(laptop.ssh("config"), with);
    assertNotWritten(laptop.finding(bin).daypass("init", "--remove").run(), with);
    Files.writeString(laptop.ssh("config"), OWN);
    Files.delete(bin.resolve("cat"));
    assertNotWritten(laptop.finding(bin).daypass("init", "--yes", ca.url()).run(), OWN);
  }

  private void assertNotWritten(Command.Result result, String left) throws IOException {
    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    assertThat(result.err()).contains("/.ssh/config cannot be written.\n", "Is the disk full?");
    assertThat(laptop.ssh("config")).content().isEqualTo(left);
    assertThat(laptop.files()).noneMatch(file -> file.startsWith(".ssh/config."));
  }

  /** Settings that a careless hand spoiled. */
  @Test
  void spoiledSettingsCanBeRemoved() throws Exception {
    var _ = laptop.daypass("init", "--yes", ca.url()).output();
    Files.writeString(laptop.home().resolve(".config/daypass/config"), "url: nonsense\n");
    assertThat(laptop.daypass("status").run().exit()).isEqualTo(1);
    assertThat(laptop.daypass("init", "--remove").run().exit()).isZero();
    assertThat(laptop.files()).isEmpty();
  }

  @Test
  void anotherNameThanTypedIsRefused() throws Exception {
    ca.next().answering("200 OK", "", "origin: https://ca.example.com\n");
    Command.Result result = laptop.daypass("init", "--yes", ca.url()).run();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("calls itself https://ca.example.com.");
    assertThat(laptop.files()).isEmpty();
  }

  @Test
  void withoutAnybodyItLeavesTheLoginToLater() throws Exception {
    Command.Result result = laptop.daypass("init", "--yes", ca.url()).with("BROWSER", "").run();
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("nobody is here to log in.\n  Run: daypass login\n");
    assertThat(laptop.daypass("login", "--yes").run().exit()).isZero();
    assertThat(laptop.ssh("config")).hasContent("Include daypass/config");
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheKeyInAFileIfAskedTo(Shell shell) throws Exception {
    laptop = new Laptop(folder.resolve("home"), shell, ca);
    var _ = laptop.daypass("init", "--yes", "--key-file", "--name", "lap top", ca.url()).output();
    assertThat(laptop.files())
        .contains(".ssh/daypass/key rw-------")
        .doesNotContain(".ssh/daypass/agent.pid rw-------");
    assertThat(Files.readString(laptop.daypassFile("config")))
        .contains("IdentityFile \"" + laptop.daypassFile("key") + "\"")
        .doesNotContain("IdentityAgent");
    assertThat(laptop.daypass("ensure", "prod").run().exit()).isZero();
    assertThat(Files.readString(laptop.home().resolve(".config/daypass/config")))
        .contains("name: laptop\n");
  }

  @Test
  void noPrivateKeyTouchesTheHomeFolder() throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), Shell.DASH, ca);
    for (String file : laptop.files()) {
      Path path = laptop.home().resolve(file.substring(0, file.indexOf(' ')));
      assertThat(Files.readString(path)).doesNotContain("PRIVATE KEY");
    }
  }
}
