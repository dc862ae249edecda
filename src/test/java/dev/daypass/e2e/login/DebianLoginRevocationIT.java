package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.Operator;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.DebianRelease;
import dev.daypass.e2e.machine.DebianRoot;
import dev.daypass.e2e.machine.TestServer;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code daypassd revoke --login} as {@code ssh-keygen -Q} and the sshd of each Debian release see
 * it; the other kinds of revocation stand in {@code DebianServersIT}.
 */
@Tag("long")
final class DebianLoginRevocationIT {
  private static final String ACCOUNT = "db-debug";

  private final Parts parts = new Parts();

  /** A laptop whose login is open, with its key and certificate as files. */
  private record Holder(Terminal terminal, Path key, Path certificate) {}

  @AfterEach
  void stop() {
    parts.stop();
  }

  @ParameterizedTest
  @EnumSource(DebianRelease.class)
  void nothingOfARevokedLoginOpensAnything(DebianRelease release) throws Exception {
    TestCa ca =
        parts.started(
            TestCa.with()
                .identity(LoginPortIT.IDENTITY)
                .hosts("patterns: [\"*.prod.example.com\"]\n")
                .start());
    TestServer server = parts.started(DebianRoot.bare(release));
    server.reach(ca.files().port());
    server.makeAccount(ACCOUNT);
    String token = TestHost.token(ca, "db-1.prod.example.com", "env=prod", "tier=db");
    assertThat(server.host("join", "--token", token).exit()).isZero();
    int port = server.startSshd();
    Holder lost = holder(ca, server);
    Holder kept = holder(ca, server);
    assertThat(login(server, port, lost)).isEqualTo(ACCOUNT + "\n");
    var _ = new Operator(ca).revoke("--login", lost.terminal().login());
    await(server, lost);
    assertThat(isRevoked(server, kept)).isFalse();
    assertThat(login(server, port, lost)).isEmpty();
    assertThat(server.log(port)).contains("revoked by file /etc/daypass-host/krl");
    assertThat(login(server, port, kept)).isEqualTo(ACCOUNT + "\n");
    ca.checkInvariants();
  }

  /** The list is published within seconds of what it says. */
  private static void await(TestServer server, Holder lost) throws IOException {
    for (int i = 0; i < 20 && !isRevoked(server, lost); i++) {
      assertThat(server.host("refresh").exit()).isZero();
    }
    assertThat(isRevoked(server, lost)).isTrue();
  }

  private static boolean isRevoked(TestServer server, Holder holder) throws IOException {
    server.copyIn(holder.certificate(), "/tmp/asked.pub");
    String said = server.run("ssh-keygen -Q -f /etc/daypass-host/krl /tmp/asked.pub").out();
    assertThat(said).containsAnyOf("REVOKED", ": ok");
    return said.contains("REVOKED");
  }

  private static String login(TestServer server, int port, Holder holder) throws IOException {
    Command ssh = server.ssh(port, holder.key(), holder.certificate());
    return ssh.and(ACCOUNT + "@127.0.0.1", "id -un").run().out();
  }

  private static Holder holder(TestCa ca, TestServer server) throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    Terminal terminal = new Terminal(ca, key);
    assertThat(terminal.start().status()).isEqualTo(201);
    Tab tab = new Tab(ca);
    String proof = tab.allow(terminal, tab.consentPage(terminal, "alice"));
    assertThat(terminal.bind(Optional.of(proof)).status()).isEqualTo(200);
    Path secret = Files.createTempFile(server.folder(), "key", "");
    Files.writeString(secret, key.encode("k"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path certificate = Path.of(secret + "-granted.pub");
    Files.writeString(
        certificate, terminal.certificate().certificate().orElseThrow().line("c") + "\n");
    return new Holder(terminal, secret, certificate);
  }
}
