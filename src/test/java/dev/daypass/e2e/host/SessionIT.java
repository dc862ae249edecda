package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.HostPrograms;
import dev.daypass.e2e.machine.HostRoot;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sessions on a server that has joined end with their certificates, and no others do (CASES 82):
 * real logins through a stock sshd, its PAM and the hook that join installs.
 */
final class SessionIT {
  private static final Parts PARTS = new Parts();
  private static final String ACCOUNT = ProofHost.ACCOUNT;
  private static final AtomicInteger SERIAL = new AtomicInteger(100);

  /** What {@code timeout} ends with; ssh ends with 255 when its connection is ended. */
  private static final int TIMED_OUT = 124;

  private static HostRoot root;
  private static FakeFleet fleet;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    root = PARTS.started(HostRoot.start());
    root.makeAccount(ACCOUNT);
    root.makeAccount("other");
    keygen("-t", "ed25519", "-N", "", "-f", file("user_ca"));
    OpenSshPrivateKey ca =
        OpenSshPrivateKey.parse(Files.readString(Path.of(file("user_ca"))), Optional.empty());
    fleet =
        PARTS.started(
            FakeFleet.start(
                root.folder(),
                "ca.example.com/daypass",
                ca.publicKey(),
                OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey()));
    fleet.publishMap(1, "account db-debug daypass:r\ngrace db-debug 0s\nnamed db-debug\n");
    String joined =
        root.inside("/usr/lib/daypass/daypass-host", "join", "--token", fleet.token()).output();
    assertThat(joined).contains("PAM's hook, which ends sessions with their certificates");
    port = root.startSshd();
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  void aSessionEndsWithItsCertificateAndAnotherOneStays() throws Exception {
    Path longer = certificate("+10m");
    Process other = login(longer, "echo up; exec sleep 3601").start();
    assertThat(other.inputReader().readLine()).isEqualTo("up");
    // What a session leaves behind ends as well: a daemon of its own session and a child of it.
    Command.Result ended =
        Command.of("timeout", "25")
            .and(
                login(certificate("+5s"), "setsid -f sleep 3602; (sleep 3603 &) ; sleep 3604")
                    .command()
                    .toArray(String[]::new))
            .run();
    assertThat(ended.exit()).isEqualTo(255).isNotEqualTo(TIMED_OUT);
    assertThat(processes("sleep 360[234]")).isEmpty();
    assertThat(processes("sleep 3601")).isNotEmpty();
    assertThat(other.isAlive()).isTrue();
    other.destroy();
    other.onExit().join();
  }

  @Test
  void warnsOnTheTerminalFiveMinutesAndOneMinuteBefore() throws Exception {
    Process first = terminal("+303s");
    Process second = terminal("+63s");
    assertThat(said(first))
        .contains("daypass: this session ends in 5 minutes, at ")
        .doesNotContain("1 minute");
    assertThat(said(second))
        .contains("daypass: this session ends in 1 minute, at ")
        .doesNotContain("5 minutes");
  }

  private static Process terminal(String window) throws IOException {
    ProcessBuilder login = login(certificate(window), "sleep 8");
    login.command().add(1, "-tt");
    return new ProcessBuilder(
            Command.of("timeout", "40").and(login.command().toArray(String[]::new)).words())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String said(Process terminal) throws Exception {
    String text = new String(terminal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(terminal.waitFor()).as(text).isZero();
    return text;
  }

  @Test
  void revocationEndsALiveSession() throws Exception {
    Path certificate = certificate("+10m");
    Process session = login(certificate, "echo up; exec sleep 3605").start();
    assertThat(session.inputReader().readLine()).isEqualTo("up");
    fleet.publishKrl(5, "serial: " + SERIAL.get());
    root.output("/usr/lib/daypass/daypass-host refresh");
    assertThat(session.onExit().join().exitValue()).isEqualTo(255);
    assertThat(processes("sleep 3605")).isEmpty();
  }

  @Test
  void aCertificateWhoseEndCannotBeArmedGetsNoSession() throws Exception {
    assertThat(login(certificate("always:forever"), "echo up").start().waitFor()).isNotZero();
    // The hook's own failure: its parent is no sshd here.
    String words =
        "env PAM_TYPE=open_session PAM_USER=db-debug SSH_AUTH_INFO_0=\"publickey $1\""
            + " /usr/lib/daypass/daypass-host-session";
    String line = Files.readString(certificate("+10m"));
    assertThat(root.run(words, line).exit()).isEqualTo(1);
    String broken = line.substring(0, line.indexOf(' ', 50) - 200);
    assertThat(root.run(words, broken).exit()).as("its CA key is cut off: not ours").isZero();
  }

  @Test
  void everyOtherLoginIsUntouched() throws Exception {
    keygen("-t", "ed25519", "-N", "", "-f", file("other_ca"));
    root.write("/home/other/.ssh/authorized_keys", Files.readString(Path.of(file("other_ca.pub"))));
    root.output("chown -R other /home/other && chmod 700 /home/other/.ssh");
    Command ssh = root.ssh(port, Path.of(file("other_ca")), Path.of("/nonexistent"));
    assertThat(ssh.and("other@127.0.0.1", "id -un").output()).isEqualTo("other\n");
    String foreign = Files.readString(certified("other_ca", "+1m"));
    String words =
        "env PAM_TYPE=$1 PAM_USER=other SSH_AUTH_INFO_0=\"$2\" "
            + " /usr/lib/daypass/daypass-host-session";
    List<String> others =
        List.of("", "password", "publickey ssh-ed25519 AAAA", "publickey " + foreign, "\u0001");
    for (String methods : others) {
      assertThat(root.run(words, "open_session", methods).exit()).as(methods).isZero();
    }
    assertThat(root.run(words, "close_session", "publickey " + foreign).exit()).isZero();
  }

  @Test
  void neverSignalsAnotherProcessOfThatNumber() throws Exception {
    Path library = root.folder().resolve("library.pl");
    Files.writeString(library, HostPrograms.library("daypass-host-session"));
    assertThat(Command.of("perl", "src/test/perl/held-process.pl", library.toString()).output())
        .isEqualTo("good\n");
  }

  @Test
  void reportsEachSessionOnceAsSoonAsSomebodyAnswers() throws Exception {
    Path certificate = certificate("+10m");
    int serial = SERIAL.get();
    assertThat(login(certificate, "true").start().waitFor()).isZero();
    root.output(
        "for t in 1 2 3 4 5 6 7 8 9; do grep -l serial=$1'&' /var/lib/daypass-host/spool/*.closed"
            + " && exit 0; sleep 1; done; exit 1",
        Integer.toString(serial));
    fleet.answer("/v1/sessions", "");
    root.run("/usr/lib/daypass/daypass-host refresh");
    assertThat(root.output("ls /var/lib/daypass-host/spool")).isNotEmpty();
    fleet.answer("/v1/sessions", "ok\n");
    root.output("/usr/lib/daypass/daypass-host refresh");
    assertThat(root.output("ls /var/lib/daypass-host/spool")).doesNotContain("closed");
    List<String> reports =
        fleet.reports().stream().filter(body -> body.contains("serial=" + serial + "&")).toList();
    assertThat(reports).hasSize(2).anyMatch(body -> body.contains("event=opened"));
    assertThat(reports)
        .allMatch(body -> body.contains("account=db-debug&") && body.contains("client=127.0.0.1&"));
  }

  private static ProcessBuilder login(Path certificate, String command) {
    Command ssh = root.ssh(port, Path.of(file("key")), certificate);
    return new ProcessBuilder(new ArrayList<>(ssh.and(ACCOUNT + "@127.0.0.1", command).words()))
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private static Path certificate(String window) throws IOException {
    return certified("user_ca", window);
  }

  private static Path certified(String authority, String window) throws IOException {
    if (Files.notExists(Path.of(file("key")))) {
      keygen("-t", "ed25519", "-N", "", "-f", file("key"));
    }
    String serial = Integer.toString(SERIAL.incrementAndGet());
    Path subject = Path.of(file("subject-" + serial + ".pub"));
    Files.copy(Path.of(file("key.pub")), subject);
    String validity = window.contains(":") ? window : "-1m:" + window;
    keygen(
        "-s",
        file(authority),
        "-I",
        "alice@example.com role=r",
        "-n",
        "daypass:r",
        "-V",
        validity,
        "-z",
        serial,
        "-O",
        "clear",
        "-O",
        "permit-pty",
        subject.toString());
    return Path.of(file("subject-" + serial + "-cert.pub"));
  }

  private static void keygen(String... words) throws IOException {
    var _ = Command.of("ssh-keygen", "-q").and(words).output();
  }

  private static String processes(String pattern) throws IOException {
    return Command.of("pgrep", "-fx", pattern).run().out();
  }

  private static String file(String name) {
    return root.folder().resolve(name).toString();
  }
}
