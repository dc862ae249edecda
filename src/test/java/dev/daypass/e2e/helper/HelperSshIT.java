package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.LocalAccounts;
import dev.daypass.e2e.Loopback;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.Sshd;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Plain {@code ssh}, and all that goes through it, against a real {@code sshd}, after {@code
 * daypass init}. The client is an account with a home folder of its own, because {@code ssh} takes
 * that from the account and not from the environment.
 */
final class HelperSshIT {
  private final Parts parts = new Parts();

  private Path folder;
  private LoginCa ca;
  private Sshd sshd;
  private Laptop laptop;
  private String client;
  private String target;

  @BeforeEach
  void start() throws IOException {
    folder = Files.createTempDirectory(Path.of("/tmp"), "dpt");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path home = folder.resolve("home");
    LocalAccounts accounts = parts.started(new LocalAccounts());
    target = accounts.make("db");
    client = accounts.make("lap", home);
    ca = parts.started(new LoginCa());
    sshd = parts.started(Sshd.start(ca.userCa()));
    sshd.open(target, List.of("daypass:prod"));
    Files.createDirectory(home.resolve(".ssh"));
    Files.writeString(
        home.resolve(".ssh/config"),
        """
        Host *
          User %s
          HostName 127.0.0.1
          Port %d
          StrictHostKeyChecking accept-new
          LogLevel ERROR
          ForwardAgent yes
        """
            .formatted(target, sshd.port()));
    laptop = parts.started(new Laptop(home, Shell.DASH, ca));
    var _ = Command.of("chown", "-R", client + ":", home.toString()).output();
    var _ = asClient(laptop.daypass("init", "--yes", ca.url())).output();
  }

  @AfterEach
  void stop() throws IOException {
    parts.stop();
    var _ = Command.of("rm", "-rf", folder.toString()).output();
  }

  @Test
  void onlySshIsTyped() throws Exception {
    assertThat(asClient(Command.of("ssh", "db-1", "id -un")).run())
        .isEqualTo(new Command.Result(0, target + "\n", ""));
    assertThat(run("ssh", "db-2", "id -un")).isEqualTo(target + "\n");
    assertThat(ca.asked("POST /v1/certificates")).isOne();
    ca.close();
    assertThat(run("ssh", "web.prod.example.com", "id -un")).isEqualTo(target + "\n");
  }

  /** What a server showed is in the list that came with the last certificate. */
  @Test
  void aRevokedServerIsRefusedAndNoOther() throws Exception {
    assertThat(laptop.daypassFile("config")).content().doesNotContain("RevokedHostKeys");
    Path another = folder.resolve("another");
    var _ =
        Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", another.toString())
            .output();
    byte[] harmless = revoking(folder.resolve("another.pub"));
    ca.krl = harmless;
    var _ = asClient(laptop.daypass("init", "--yes", ca.url())).output();
    assertThat(laptop.daypassFile("config")).content().contains("RevokedHostKeys");
    assertThat(run("ssh", "db-1", "id -un")).isEqualTo(target + "\n");

    ca.krl = revoking(sshd.hostKey());
    assertThat(run("ssh", "db-1", "id -un")).isEqualTo(target + "\n");
    assertRefusedAfterRenewal();
    // Neither a broken list nor none at all takes the good one away.
    ca.krl = "SSHKRL but no list".getBytes(StandardCharsets.US_ASCII);
    assertRefusedAfterRenewal();
    ca.krl = new byte[0];
    assertRefusedAfterRenewal();

    ca.krl = harmless;
    Files.delete(laptop.daypassFile("prod.state"));
    assertThat(run("ssh", "db-1", "id -un")).isEqualTo(target + "\n");
    var _ = asClient(laptop.daypass("init", "--remove")).output();
    assertThat(laptop.daypassFile("krl")).doesNotExist();
  }

  private void assertRefusedAfterRenewal() throws IOException {
    Files.delete(laptop.daypassFile("prod.state"));
    Command.Result refused = asClient(Command.of("ssh", "db-1", "true")).run();
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(255);
    assertThat(refused.err()).contains("revoked");
  }

  private byte[] revoking(Path key) throws IOException {
    Path list = folder.resolve("revoked");
    var _ = Command.of("ssh-keygen", "-q", "-k", "-f", list.toString(), key.toString()).output();
    return Files.readAllBytes(list);
  }

  @Test
  void aHostOfNoRoleIsLeftAlone() throws Exception {
    Command.Result result = asClient(Command.of("ssh", "other", "true")).run();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.err()).contains("Permission denied");
    assertThat(ca.asked("POST /v1/certificates")).isZero();
  }

  @Test
  void aHostNameIsNeverACommand() throws Exception {
    for (String name :
        List.of("db-1;touch${IFS}owned", "$(touch owned).prod.example.com", "`id`")) {
      var _ = asClient(Command.of("ssh", "-o", "BatchMode=yes", "--", name, "true")).run();
    }
    assertThat(laptop.home().resolve("owned")).doesNotExist();
    assertThat(Path.of("owned")).doesNotExist();
  }

  @Test
  void anEndedLoginIsOneLineAboveSshsOwn() throws Exception {
    ca.endLogins();
    Command.Result result = asClient(Command.of("ssh", "db-1", "true")).run();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.err().lines())
        .hasSize(2)
        .first()
        .isEqualTo("daypass: Your login has ended. Run: daypass login");
  }

  @Test
  void manyAtOnceShareOneRequest() throws Exception {
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        all.add(many.submit(() -> run("ssh", "db-1", "id -un")));
      }
      for (Future<String> one : all) {
        assertThat(one.get()).isEqualTo(target + "\n");
      }
    }
    assertThat(ca.asked("POST /v1/certificates")).isOne();
  }

  @Test
  void theProgramsThatCallSshWork() throws Exception {
    ca.extensions("permit-port-forwarding");
    Path file = Files.writeString(laptop.home().resolve("file"), "content\n");
    Path there = Files.createDirectory(folder.resolve("there"));
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxrwxrwx"));
    var _ = run("scp", "-q", file.toString(), "db-1:" + there.resolve("by-scp"));
    var _ = run("rsync", file.toString(), "db-1:" + there.resolve("by-rsync"));
    assertThat(there.resolve("by-scp")).hasContent("content");
    assertThat(there.resolve("by-rsync")).hasContent("content");
    String bare = there.resolve("bare").toString();
    var _ = run("ssh", "db-1", "git init -q --bare " + bare);
    var _ = run("git", "clone", "-q", "ssh://db-1" + bare, laptop.home() + "/clone");
    assertThat(laptop.home().resolve("clone/.git")).isDirectory();
    // An editor's way: a shell on standard input, no terminal, a dynamic forwarding.
    assertThat(
            run(
                "ssh",
                "-T",
                "-D",
                Integer.toString(Loopback.freePort()),
                "db-1",
                "sh",
                "-c",
                "'echo listening'"))
        .isEqualTo("listening\n");
    assertThat(run("ssh", "-J", "db-2", "db-1", "id -un")).isEqualTo(target + "\n");
  }

  /** They write a program to a shell's standard input, which a renewal must leave to them. */
  @Test
  void editorsThatWriteToAShellFindOne() throws Exception {
    ca.extensions("permit-port-forwarding");
    List<String> ways =
        List.of(
            "ssh -T -o ConnectTimeout=15 db-1 bash",
            "ssh -v -T -D %d -o ConnectTimeout=15 db-1 bash --login"
                .formatted(Loopback.freePort()));
    for (String way : ways) {
      Files.deleteIfExists(laptop.daypassFile("prod.state"));
      Command.Result result =
          asClient(Command.of("sh", "-c", "printf 'id -un\\necho $((6 * 7))\\n' | " + way)).run();
      assertThat(result.exit()).as(result.toString()).isZero();
      assertThat(result.out()).isEqualTo(target + "\n42\n");
    }
    assertThat(ca.asked("POST /v1/certificates")).isEqualTo(2);
  }

  /** Its own shared connection, a program copied there and run. */
  @Test
  void ansibleWorks() throws Exception {
    ca.extensions("permit-pty");
    Command.Result result =
        asClient(Command.of("ansible", "all", "-o", "-i", "db-1,db-2,", "-m", "ping"))
            .with("LC_ALL", "C.UTF-8")
            .with("ANSIBLE_REMOTE_TEMP", "/tmp/" + target)
            .with("ANSIBLE_PYTHON_INTERPRETER", "/usr/bin/python3")
            .run();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.out())
        .contains("db-1 | SUCCESS => ", "db-2 | SUCCESS => ", "\"ping\": \"pong\"");
    assertThat(ca.asked("POST /v1/certificates")).isOne();
  }

  /** What {@code request} says to type for a role whose hosts nobody names. */
  @Test
  void aRoleWithoutHostsSaysHowToUseIt() throws Exception {
    ca.roles = ca.roles.concat(LoginCa.role("build", "held", "optional", ""));
    String said = asClient(laptop.daypass("request", "build", "--for", "5m")).output();
    String command =
        said.substring(said.indexOf("ssh -o")).replace("\\\n", "").replace("HOST", "other id -un");
    assertThat(run("sh", "-c", command)).isEqualTo(target + "\n");
  }

  @Test
  void aSharedConnectionOutlivesTheCertificate() throws Exception {
    String socket = laptop.home() + "/mux";
    var _ = run("ssh", "-M", "-S", socket, "-f", "-N", "-o", "ControlPersist=30", "db-1");
    ca.endLogins();
    Files.delete(laptop.daypassFile("prod.state"));
    Files.delete(laptop.daypassFile("prod-cert.pub"));
    // ssh asks ensure even so, and says what it says; the connection is there.
    assertThat(run("ssh", "-S", socket, "db-1", "id -un")).isEqualTo(target + "\n");
    var _ = run("ssh", "-S", socket, "-O", "exit", "db-1");
  }

  @Test
  void whateverIsForwardedNeverHoldsTheLoginKey() throws Exception {
    ca.extensions("permit-agent-forwarding");
    String listed = "test -z \"$SSH_AUTH_SOCK\" && echo nothing || ssh-add -l";
    // The user's own configuration says ForwardAgent yes for every host.
    assertThat(run("ssh", "db-1", listed)).isEqualTo("nothing\n");
    String key =
        Command.of("ssh-keygen", "-l", "-f", laptop.daypassFile("key.pub").toString())
            .output()
            .split(" ", -1)[1];
    for (String option : List.of("-A", "-oForwardAgent=yes")) {
      Command.Result result = asClient(Command.of("ssh", option, "db-1", listed)).run();
      // There is a socket, and nobody behind it.
      assertThat(result.out()).doesNotContain("nothing", key);
      assertThat(result.err()).doesNotContain(key);
    }
    // What would be forwarded without the second line: the test can fail.
    Path block = laptop.daypassFile("config");
    Files.writeString(block, Files.readString(block).replaceAll("  ForwardAgent /dev/null\n", ""));
    assertThat(run("ssh", "-A", "db-1", listed)).contains(key);
  }

  private String run(String... words) throws IOException {
    return asClient(Command.of(words)).output();
  }

  private Command asClient(Command command) {
    List<String> words = new ArrayList<>(List.of(Command.program("setpriv")));
    words.addAll(List.of("--reuid", client, "--clear-groups", "--"));
    words.addAll(command.words());
    return new Command(words, command.environment(), command.cleared())
        .with("HOME", laptop.home().toString())
        .with("SHELL", "/bin/sh")
        .with("TMPDIR", "/tmp")
        .with("PATH", System.getenv("PATH"));
  }
}
