package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.cert.Certificate;
import dev.daypass.e2e.Command;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** daypass-host and the daemon, each the real one: a stock server joins and is logged in to. */
final class JoinedServerIT {
  private static final String NAME = "db-9.prod.example.com";
  private static final String ACCOUNT = "db-debug";

  private final TestCa ca = TestCa.with().hosts("patterns: [\"*.prod.example.com\"]\n").start();
  private final OpenSshPrivateKey own = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private HostRoot root;
  private Path key;

  @BeforeEach
  void start() throws Exception {
    root = HostRoot.start();
    root.makeAccount(ACCOUNT);
    key = Files.writeString(root.folder().resolve("key"), own.encode("k"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void stop() throws Exception {
    root.close();
    ca.checkInvariants();
    ca.close();
  }

  @Test
  void oneCommandJoinsAndARoleOpensWhatItsLabelsSay() throws Exception {
    Command.Result joined =
        host("join", "--token", TestHost.token(ca, NAME, "env=prod", "tier=db"));
    assertThat(joined.exit()).as(joined.toString()).isZero();
    int port = root.startSshd();
    Path granted = granted();
    Command.Result login = ssh(port, granted).run();
    assertThat(login.out()).as(login.toString()).isEqualTo(ACCOUNT + "\n");
    assertThat(host("refresh").exit()).isZero();
    assertThat(ssh(port, granted).run().succeeded()).isTrue();

    Path known =
        Files.writeString(
            root.folder().resolve("known"), ca.client().get("/v1/known-hosts", Map.of()).body());
    Command strict =
        Command.of("ssh", "-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=" + known)
            .and("-o", "HostKeyAlias=" + NAME)
            .and(
                ssh(port, granted)
                    .words()
                    .subList(1, ssh(port, granted).words().size())
                    .toArray(String[]::new));
    assertThat(strict.run().out()).as("no question about the host key").isEqualTo(ACCOUNT + "\n");
  }

  @Test
  void aServerOfOtherLabelsIsNotOpened() throws Exception {
    Command.Result joined =
        host("join", "--token", TestHost.token(ca, NAME, "env=prod", "tier=web"));
    assertThat(joined.exit()).as(joined.toString()).isZero();
    int port = root.startSshd();
    assertThat(ssh(port, granted()).run().succeeded()).isFalse();
  }

  @Test
  void proofModeTakesTheDaemonsProof() throws Exception {
    String token = TestHost.token(ca, NAME, "env=prod", "tier=db");
    Command.Result joined = host("join", "--token", token, "--mode", "proof");
    assertThat(joined.exit()).as(joined.toString()).isZero();
    int port = root.startSshd();
    Command.Result login = ssh(port, granted()).run();
    assertThat(login.out()).as(login.toString() + root.log(port)).isEqualTo(ACCOUNT + "\n");
  }

  private Path granted() throws IOException {
    Certificate certificate =
        ca.client()
            .certificate(own, ca.idp().token("alice@example.com", "dba"))
            .send()
            .certificate()
            .orElseThrow();
    return Files.writeString(root.folder().resolve("granted.pub"), certificate.line("c") + "\n");
  }

  private Command ssh(int port, Path granted) {
    return HostRoot.ssh(port, key, granted).and(ACCOUNT + "@127.0.0.1", "id -un");
  }

  private Command.Result host(String... words) throws IOException {
    return root.inside("/usr/lib/daypass/daypass-host").and(words).run();
  }
}
