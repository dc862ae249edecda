package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * README, "From step-ca or Vault": a server that trusts two authorities for as long as the change
 * takes, the old one an {@code ssh-keygen -s} that names accounts as principals.
 */
final class TwoAuthoritiesIT {
  private static final Parts PARTS = new Parts();

  @TempDir private static Path folder;

  private static String account;
  private static TestCa ca;
  private static Path oldCa;
  private static Path oldUser;
  private static Path newUser;

  @BeforeAll
  static void issueBoth() throws IOException {
    account = PARTS.started(new LocalAccounts()).make("two");
    ca = PARTS.started(TestCa.start());
    oldCa = keygen("old-ca");
    oldUser = keygen("old-user");
    var _ =
        Command.of("ssh-keygen", "-q", "-s", oldCa.toString(), "-I", "old", "-n", account)
            .and("-V", "+5m", oldUser + ".pub")
            .output();
    newUser = issued();
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  void bothOpenTheAccountWhileBothAreTrusted() throws IOException {
    try (Sshd sshd = Sshd.start(oldCaLine() + "\n" + ours())) {
      sshd.open(account, List.of(account, "daypass:" + TestCa.ROLE));
      assertOpens(sshd, oldUser);
      assertOpens(sshd, newUser);
    }
  }

  @Test
  void aListWithoutTheAccountsNameEndsTheOldCertificates() throws IOException {
    try (Sshd sshd = Sshd.start(oldCaLine() + "\n" + ours())) {
      sshd.open(account, List.of("daypass:" + TestCa.ROLE));
      assertThat(login(sshd, oldUser).succeeded()).as(sshd.log()).isFalse();
      assertOpens(sshd, newUser);
    }
  }

  @Test
  void onceTheOldKeyIsOutOnlyOursOpens() throws IOException {
    try (Sshd sshd = Sshd.start(ours())) {
      sshd.open(account, List.of(account, "daypass:" + TestCa.ROLE));
      assertThat(login(sshd, oldUser).succeeded()).as(sshd.log()).isFalse();
      assertOpens(sshd, newUser);
    }
  }

  private static void assertOpens(Sshd sshd, Path key) throws IOException {
    assertThat(login(sshd, key).out()).as(sshd.log()).isEqualTo(account + "\n");
  }

  private static Command.Result login(Sshd sshd, Path key) throws IOException {
    return SshLogin.with(sshd, key, key.resolveSibling(key.getFileName() + "-cert.pub"))
        .as(account, "id -un");
  }

  /** As the README says: {@code curl URL/v1/ca/user}. */
  private static String ours() throws IOException {
    return ca.client().get("/v1/ca/user", Map.of()).body().strip();
  }

  private static String oldCaLine() throws IOException {
    return Files.readString(Path.of(oldCa + ".pub")).strip();
  }

  private static Path keygen(String name) throws IOException {
    Path key = folder.resolve(name);
    var _ =
        Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).output();
    return key;
  }

  private static Path issued() throws IOException {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    CaAnswer answer =
        ca.client().certificate(key, ca.idp().token("alice@example.com", "dba")).send();
    Path file = Files.writeString(folder.resolve("new-user"), key.encode("k"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        folder.resolve("new-user-cert.pub"), answer.certificate().orElseThrow().line("c") + "\n");
    return file;
  }
}
