package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.OperatorDoor;
import dev.daypass.TestCa;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.LocalAccounts;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.SshLogin;
import dev.daypass.e2e.Sshd;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code daypassd revoke --login} of one of a person's two laptops, held against {@code ssh-keygen
 * -Q} and a real sshd; the other kinds stand in {@code RevocationIT}.
 */
final class LoginRevocationIT {
  @TempDir private Path folder;
  private final Parts parts = new Parts();
  private TestCa ca;
  private Sshd sshd;
  private String account;

  @BeforeEach
  void start() throws Exception {
    account = parts.started(new LocalAccounts()).make("db");
    ca =
        parts.started(
            TestCa.with()
                .identity(LoginPortIT.IDENTITY)
                .policy(
                    """
                    roles:
                      prod-db-debug:
                        accounts: [%s]
                        ttl: { default: 5m, max: 1h }
                        allow: [{ when: 'true' }]
                    """
                        .formatted(account))
                .start());
    sshd = parts.started(Sshd.start(ca.files().userCa().line()));
    sshd.open(account, List.of("daypass:" + LoginScene.ROLE));
  }

  @AfterEach
  void stop() {
    ca.checkInvariants();
    parts.stop();
  }

  /** A laptop whose login is open, with its key and certificate as files. */
  private record Holder(Terminal terminal, Path certificate, SshLogin ssh) {}

  @Test
  void nothingOfARevokedLoginOpensAnything() throws Exception {
    Holder lost = holder();
    Holder kept = holder();
    byte[] list =
        OperatorDoor.listAfter(ca, "revoke", "login", lost.terminal().login(), "it was stolen");
    Path krl = Files.write(folder.resolve("krl"), list);
    assertThat(listing(krl, lost)).contains("REVOKED");
    assertThat(listing(krl, kept)).contains(": ok");
    sshd.revoke(list);
    assertThat(lost.ssh().as(account, "true").err()).contains("Permission denied (publickey)");
    assertThat(sshd.log()).contains("revoked");
    assertThat(kept.ssh().as(account, "id -un").out()).isEqualTo(account + "\n");
    assertThat(lost.terminal().certificate().status()).isEqualTo(401);
    assertThat(kept.terminal().request("GET", "/v1/logins", Map.of()).status()).isEqualTo(200);
  }

  private static String listing(Path krl, Holder holder) throws IOException {
    return Command.of("ssh-keygen", "-Q", "-f", krl.toString(), holder.certificate().toString())
        .run()
        .out();
  }

  private Holder holder() throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    Terminal terminal = new Terminal(ca, key);
    assertThat(terminal.start().status()).isEqualTo(201);
    Tab tab = new Tab(ca);
    String proof = tab.allow(terminal, tab.consentPage(terminal, "alice"));
    assertThat(terminal.bind(Optional.of(proof)).status()).isEqualTo(200);
    Path certificate = Files.createTempFile(folder, "cert", ".pub");
    Files.writeString(
        certificate, terminal.certificate().certificate().orElseThrow().line("c") + "\n");
    Path secret = Files.createTempFile(folder, "key", "");
    Files.writeString(secret, key.encode("k"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    SshLogin ssh = SshLogin.with(sshd, secret, certificate);
    assertThat(ssh.as(account, "true").succeeded()).isTrue();
    return new Holder(terminal, certificate, ssh);
  }
}
