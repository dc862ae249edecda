package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.HostRoot;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever gets into an account in another way goes on to do so, at joining and whenever the map
 * opens one more, unless join was told to close that (DESIGN section 9).
 */
final class OtherLoginsIT {
  private static final String ACCOUNT = ProofHost.ACCOUNT;
  private static final String MAP = "account db-debug daypass:r\nnamed db-debug\nnamed root\n";
  private static final String MORE = MAP + "account alice daypass:r\nnamed alice\n";

  private final Parts parts = new Parts();
  private HostRoot root;
  private FakeFleet fleet;

  @BeforeEach
  void start() throws Exception {
    root = parts.started(HostRoot.start());
    root.makeAccount(ACCOUNT);
    root.makeAccount("alice");
    keygen("-t", "ed25519", "-N", "", "-f", file("user_ca"));
    keygen("-t", "ed25519", "-N", "", "-f", file("key"));
    keygen("-s", file("user_ca"), "-I", "a", "-n", "daypass:r", "-V", "-1m:+9m", file("key.pub"));
    // ssh would find it beside its key.
    Files.move(Path.of(file("key-cert.pub")), Path.of(file("certificate")));
    OpenSshPrivateKey ca =
        OpenSshPrivateKey.parse(Files.readString(Path.of(file("user_ca"))), Optional.empty());
    fleet =
        parts.started(
            FakeFleet.start(
                root.folder(),
                "ca.example.com/daypass",
                ca.publicKey(),
                OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey()));
    fleet.publishMap(2, MAP);
  }

  @AfterEach
  void stop() {
    parts.stop();
  }

  @Test
  void keysStayUntilThatIsAskedFor() throws Exception {
    String keys = addKey(ACCOUNT);
    String before = root.output("ls /etc/ssh /etc/ssh/sshd_config.d");
    Command.Result proof = join("--mode", "proof");
    assertThat(proof.exit()).isEqualTo(2);
    assertThat(proof.err()).contains("stays open: db-debug has keys in " + keys);
    assertThat(root.output("ls /etc/ssh /etc/ssh/sshd_config.d")).isEqualTo(before);
    // The token is spent; the server asks by its name, which the fake does not know.
    parts.stop();
    start();
    keys = addKey(ACCOUNT);
    Command.Result beside = join();
    assertThat(beside.exit()).as(beside.toString()).isZero();
    assertThat(beside.err()).contains("stays open: db-debug has keys in " + keys);
    int port = root.startSshd();
    assertThat(opensByKey(port, ACCOUNT)).isTrue();
    assertThat(opens(port, ACCOUNT)).isTrue();
    assertThat(root.host("doctor").out()).contains("open beside us: db-debug has keys in " + keys);
    root.output("rm \"$1\"", keys);
    assertWell(root.host("refresh"));
    assertThat(dropIn()).contains("Match User db-debug\n");
    assertThat(root.host("doctor").out()).doesNotContain("open beside us");
  }

  @Test
  void anAccountThatIsOpenedLaterIsNotShutToOthers() throws Exception {
    assertWell(join());
    String keys = addKey("alice");
    int port = root.startSshd();
    assertThat(opensByKey(port, "alice")).isTrue();
    fleet.publishMap(3, MORE);
    Command.Result refreshed = root.host("refresh");
    assertWell(refreshed);
    assertThat(refreshed.err()).contains("stays open: alice has keys in " + keys);
    assertThat(dropIn()).contains("Match User db-debug\n");
    assertThat(opensByKey(port, "alice")).isTrue();
    assertThat(opens(port, "alice")).isTrue();
    assertThat(root.host("refresh").err()).as("said once").isEmpty();
    assertThat(root.host("doctor").out()).contains("open beside us: alice has keys in " + keys);
  }

  @Test
  void closesWhatItWasToldToCloseAndNamesIt() throws Exception {
    String keys = addKey(ACCOUNT);
    Command.Result joined = join("--close-other-logins");
    assertWell(joined);
    assertThat(joined.out()).contains("closed: db-debug has keys in " + keys);
    int port = root.startSshd();
    assertThat(opensByKey(port, ACCOUNT)).isFalse();
    assertThat(opens(port, ACCOUNT)).isTrue();
    String later = addKey("alice");
    assertThat(opensByKey(port, "alice")).isTrue();
    fleet.publishMap(3, MORE);
    assertThat(root.host("refresh").out()).contains("closed: alice has keys in " + later);
    assertThat(dropIn()).contains("Match User alice,db-debug\n");
    // One that reads its configuration again does not listen for a moment.
    port = root.startSshd();
    assertThat(opensByKey(port, "alice")).isFalse();
    assertThat(opens(port, "alice")).isTrue();
    assertWell(root.host("leave"));
    assertThat(opensByKey(root.startSshd(), "alice")).isTrue();
  }

  @Test
  void namesEveryOtherWayIn() throws Exception {
    root.output("usermod -p '$6$a$b' \"$1\"", ACCOUNT);
    root.output(
        "printf 'PasswordAuthentication yes\\nHostbasedAuthentication yes\\n"
            + "AuthorizedKeysCommand /bin/true\\nAuthorizedKeysCommandUser nobody\\n'"
            + " >/etc/ssh/sshd_config.d/10-other.conf");
    Command.Result joined = join();
    assertWell(joined);
    assertThat(joined.err())
        .contains("stays open: db-debug has keys from /bin/true")
        .contains("stays open: db-debug has a password that sshd takes")
        .contains("stays open: db-debug is open by hostbasedauthentication");
    assertThat(dropIn()).doesNotContain("Match User");
    root.output("usermod -p '!' \"$1\" && rm /etc/ssh/sshd_config.d/10-other.conf", ACCOUNT);
    assertWell(root.host("refresh"));
    assertThat(dropIn()).contains("Match User db-debug\n");
  }

  private Command.Result join(String... options) throws IOException {
    return root.inside("/usr/lib/daypass/daypass-host", "join", "--token", fleet.token())
        .and(options)
        .run();
  }

  private String addKey(String account) throws IOException {
    String keys = "/home/" + account + "/.ssh/authorized_keys";
    root.write(keys, Files.readString(Path.of(file("key.pub"))));
    root.output("chown -R \"$1\" \"/home/$1\" && chmod 700 \"/home/$1/.ssh\"", account);
    return keys;
  }

  private String dropIn() throws IOException {
    return root.read("/etc/ssh/sshd_config.d/00-daypass.conf");
  }

  private boolean opens(int port, String account) throws IOException {
    return ssh(port, account, Path.of(file("certificate")));
  }

  private boolean opensByKey(int port, String account) throws IOException {
    return ssh(port, account, Path.of("/nonexistent"));
  }

  private boolean ssh(int port, String account, Path certificate) throws IOException {
    return root.ssh(port, Path.of(file("key")), certificate)
        .and(account + "@127.0.0.1", "id -un")
        .run()
        .succeeded();
  }

  private static void assertWell(Command.Result result) {
    assertThat(result.exit()).as(result.toString()).isZero();
  }

  private static void keygen(String... words) throws IOException {
    var _ = Command.of("ssh-keygen", "-q").and(words).output();
  }

  private String file(String name) {
    return root.folder().resolve(name).toString();
  }
}
