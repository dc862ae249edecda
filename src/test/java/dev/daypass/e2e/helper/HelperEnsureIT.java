package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code daypass ensure}: what ssh asks before it connects. */
final class HelperEnsureIT {
  private static final String CERTIFICATES = "POST /v1/certificates";

  @TempDir Path folder;

  private LoginCa ca;
  private Laptop laptop;

  @BeforeEach
  void start() throws IOException {
    ca = new LoginCa();
    ca.roles = ca.roles.concat(LoginCa.role("careful", "held", "required", "db-1"));
    laptop = new Laptop(folder.resolve("home"), Shell.DASH, ca);
  }

  @AfterEach
  void stop() throws IOException {
    laptop.close();
    ca.close();
  }

  @ParameterizedTest
  @EnumSource
  void aGoodCertificateTakesNoNetworkAndNoProcessButTheClock(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    assertSilent(laptop.daypass("ensure", "prod").run());
    ca.close();
    Path trace = folder.resolve("trace");
    Command ensure = laptop.daypass("ensure", "prod");
    List<String> words = new ArrayList<>(List.of("strace", "-f", "-qq", "-e"));
    words.addAll(List.of("trace=execve,socket,connect", "-o", trace.toString()));
    words.addAll(ensure.words());
    assertSilent(new Command(words, ensure.environment(), ensure.cleared()).run());
    List<String> calls = Files.readAllLines(trace);
    assertThat(calls)
        .as("what %s connected to", shell)
        .noneMatch(line -> line.contains("socket(") || line.contains("connect("));
    // Of the lines that do not end so, date's name is looked up along the path; only dash has no
    // clock of its own.
    assertThat(calls)
        .as("what %s started: %s", shell, calls)
        .filteredOn(line -> line.endsWith("= 0"))
        .hasSize(shell == Shell.DASH ? 2 : 1);
  }

  @ParameterizedTest
  @EnumSource
  void anInheritedClockIsNotBelieved(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    assertSilent(laptop.daypass("ensure", "prod").run());
    expire(0);
    assertSilent(laptop.daypass("ensure", "prod").with("EPOCHSECONDS", "1").run());
    assertThat(ca.asked(CERTIFICATES)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void renewsWithoutAWord(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    ca.life = Duration.ofMinutes(20);
    assertSilent(laptop.daypass("ensure", "prod").run());
    long renewAt = state(0);
    // A tenth of its life before the end, which is longer than a minute.
    assertThat(state(1) - renewAt).isEqualTo(120);
    expire(0);
    assertSilent(laptop.daypass("ensure", "prod").run());
    assertThat(ca.asked(CERTIFICATES)).isEqualTo(2);
    assertThat(ca.requests().getLast().form()).containsOnlyKeys("role");
  }

  @ParameterizedTest
  @EnumSource
  void tenAtOnceMakeOneRequest(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Command.Result>> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        all.add(many.submit(() -> laptop.daypass("ensure", "prod").run()));
      }
      for (Future<Command.Result> one : all) {
        assertSilent(one.get());
      }
    }
    assertThat(ca.asked(CERTIFICATES)).isOne();
    assertThat(laptop.daypassFile("lock")).doesNotExist();
  }

  @Test
  void aDeadHoldersLockHoldsNobody() throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), Shell.DASH, ca);
    Process dead = new ProcessBuilder("true").start();
    dead.onExit().join();
    Files.createSymbolicLink(laptop.daypassFile("lock"), Path.of(dead.pid() + ":renew"));
    assertSilent(laptop.daypass("ensure", "prod").run());
  }

  @Test
  void whereSomebodyElseLogsInNobodyWithoutATerminalWaits() throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), Shell.DASH, ca);
    String living = ProcessHandle.current().pid() + ":login";
    Files.createSymbolicLink(laptop.daypassFile("lock"), Path.of(living));
    assertOneLine(laptop.daypass("ensure", "prod").run(), 3, "A login waits for the browser.");
  }

  @ParameterizedTest
  @EnumSource
  void withoutATerminalAnEndedLoginIsOneLine(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    ca.endLogins();
    assertOneLine(laptop.daypass("ensure", "prod").run(), 3, "Run: daypass login");
    assertThat(ca.asked("POST /v1/logins")).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void atATerminalAnEndedLoginOpensTheBrowser(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    ca.endLogins();
    Command.Result result = laptop.atTerminal("ensure", "prod");
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.out())
        .contains("Your login has ended.\r\n")
        .contains("Logged in as alice@example.com\r\n");
    assertThat(laptop.daypassFile("prod-cert.pub")).exists();
  }

  @ParameterizedTest
  @EnumSource
  void aLostKeyIsNoticedBeforeSshTries(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    assertSilent(laptop.daypass("ensure", "prod").run());
    laptop.losesItsAgent();
    assertOneLine(laptop.daypass("ensure", "prod").run(), 3, "The login key is gone");
    assertThat(laptop.daypass("login").run().exit()).isZero();
    assertSilent(laptop.daypass("ensure", "prod").run());
  }

  @ParameterizedTest
  @EnumSource
  void anUnreachableServerIsOneLineOrNoneWhileSomethingIsLeft(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    assertSilent(laptop.daypass("ensure", "prod").run());
    ca.close();
    expire(100);
    assertSilent(laptop.daypass("ensure", "prod").run());
    expire(0);
    assertOneLine(laptop.daypass("ensure", "prod").run(), 4, "cannot be reached.");
  }

  @Test
  void aRoleThatWantsAReasonIsNotAskedFor() throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), Shell.DASH, ca);
    assertOneLine(
        laptop.daypass("ensure", "careful").run(),
        2,
        "Run: daypass request careful --reason '...'");
    assertThat(ca.asked(CERTIFICATES)).isZero();
    Command.Result asked =
        laptop
            .daypass("request", "careful", "--reason", "INC 7", "--for", "30m", "--host", "db-1")
            .run();
    assertThat(asked.exit()).as(asked.toString()).isZero();
    assertThat(asked.out()).startsWith("Holding careful as alice@example.com\n  until    for ");
    assertThat(ca.requests().getLast().form().toString())
        .isEqualTo("{hosts=[db-1], reason=[INC 7], role=[careful], ttl=[1800s]}");
    assertSilent(laptop.daypass("ensure", "careful").run());
  }

  @Test
  void aSecurityKeyIsNotTouchedUnseen() throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), Shell.DASH, ca);
    Path settings = laptop.home().resolve(".config/daypass/config");
    Files.writeString(settings, Files.readString(settings).replace("key: agent", "key: fido"));
    Files.writeString(laptop.daypassFile("key-sk"), "handle");
    Files.writeString(laptop.daypassFile("key-sk.pub"), "sk-ssh-ed25519@openssh.com AAAA x\n");
    assertOneLine(laptop.daypass("ensure", "prod").run(), 3, "wants a touch of your security key");
    assertThat(ca.asked(CERTIFICATES)).isZero();
  }

  /** A key of the user's own may have a passphrase, which ssh-keygen asks for in a window. */
  @Test
  void withoutATerminalNoWindowAsksForAPassphrase() throws Exception {
    Path key = folder.resolve("own");
    laptop.close();
    laptop = new Laptop(folder.resolve("other"), Shell.DASH, ca);
    String file = key.toString();
    var _ = Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file).output();
    var _ = laptop.daypass("init", "--yes", "--key-file", file, ca.url()).output();
    var _ = Command.of("ssh-keygen", "-q", "-p", "-N", "a passphrase", "-f", file).output();
    Path asked = folder.resolve("asked");
    Path window = Files.writeString(folder.resolve("window"), "#!/bin/sh\n: >" + asked + "\n");
    Files.setPosixFilePermissions(window, PosixFilePermissions.fromString("rwxr-xr-x"));
    Command ensure =
        laptop.daypass("ensure", "prod").with("DISPLAY", ":0").with("SSH_ASKPASS", file(window));
    assertOneLine(ensure.run(), 1, "cannot sign");
    assertThat(asked).doesNotExist();
    // What would be asked: the test can fail.
    var _ =
        Command.of("sh", "-c", "ssh-keygen -Y sign -n x -f " + file + " </dev/null")
            .with("DISPLAY", ":0")
            .with("SSH_ASKPASS", file(window))
            .run();
    assertThat(asked).exists();
  }

  private static String file(Path path) {
    return path.toString();
  }

  @Test
  void aRefusalIsOneLine() throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), Shell.DASH, ca);
    String problem =
        "code: denied\ndetail: Closed at weekends.\nremedy: Come on Monday.\nentry: 9\n";
    ca.next().answering("403 Forbidden", "", problem);
    assertOneLine(
        laptop.daypass("ensure", "prod").run(),
        2,
        "daypass: Closed at weekends. Come on Monday. (denied, ledger entry 9)");
  }

  @Test
  void withoutInitItSaysSo() throws Exception {
    laptop = new Laptop(folder.resolve("home"), Shell.DASH, ca);
    assertOneLine(laptop.daypass("ensure", "prod").run(), 3, "Run: daypass init");
    for (String odd : List.of("", "../prod", "a b", "$(id)", "Prod")) {
      assertThat(laptop.daypass("ensure", odd).run().exit()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void statusSaysWhatIsHere(Shell shell) throws Exception {
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
    assertSilent(laptop.daypass("ensure", "prod").run());
    Command.Result status = laptop.daypass("status").run();
    assertThat(status.exit()).as(status.toString()).isZero();
    assertThat(status.out())
        .contains("who       alice@example.com\n")
        .contains("login     for 10 more hours, until ")
        .contains("in its own agent\n")
        .containsPattern(
            "role      prod                   for 5 more minutes, until \\d\\d:\\d\\d\n")
        .contains("role      careful                by daypass request, with a reason\n");
    ca.endLogins();
    assertThat(laptop.daypass("status").run().exit()).isEqualTo(3);
    ca.close();
    assertThat(laptop.daypass("status").run().exit()).isEqualTo(4);
  }

  private void expire(int secondsLeft) throws IOException {
    Path state = laptop.daypassFile("prod.state");
    long now = Clock.systemUTC().instant().getEpochSecond();
    String agent = Files.readString(state).strip().split(" ", -1)[2];
    Files.writeString(state, "%d %d %s\n".formatted(now - 1, now + secondsLeft, agent));
  }

  private long state(int word) throws IOException {
    return Long.parseLong(Files.readString(laptop.daypassFile("prod.state")).split(" ", -1)[word]);
  }

  private static void assertSilent(Command.Result result) {
    assertThat(result).isEqualTo(new Command.Result(0, "", ""));
  }

  private static void assertOneLine(Command.Result result, int exit, String said) {
    assertThat(result.exit()).as(result.toString()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(said);
    assertThat(result.err().lines()).hasSize(1);
  }
}
